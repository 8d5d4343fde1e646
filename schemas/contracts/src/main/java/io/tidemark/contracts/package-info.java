/** Identities that every part of the platform agrees on: version tuples and inference ids. */
package io.tidemark.contracts;
