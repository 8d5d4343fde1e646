/** What a process does about its own life: its lifeline to the parent that supervises it. */
package io.tidemark.platform.process;
