/** Version and build id of the running program. */
package io.tidemark.platform.build;
