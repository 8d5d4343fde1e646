/** The one configuration loader: typed keys, values from file, environment and flags, errors that name key, value and rule. */
package io.tidemark.platform.config;
