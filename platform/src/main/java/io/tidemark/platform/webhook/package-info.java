/** Calls to systems that people run beside Tidemark: signed, with a body in the CloudEvents format. */
package io.tidemark.platform.webhook;
