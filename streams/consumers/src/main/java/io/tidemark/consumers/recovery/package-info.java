/** Whether what was done has helped: the measure of the alert, on the version that was gone back to, read from the windows. */
package io.tidemark.consumers.recovery;
