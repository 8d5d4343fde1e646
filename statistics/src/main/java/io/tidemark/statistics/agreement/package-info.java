/** Whether two judges of the same things say the same, beyond chance. */
package io.tidemark.statistics.agreement;
