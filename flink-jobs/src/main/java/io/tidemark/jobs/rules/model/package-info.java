/**
 * Alert rules as their authors write them: the file format, its checks, and the rules that come along. The job and the
 * command line read rules here and nowhere else.
 */
package io.tidemark.jobs.rules.model;
