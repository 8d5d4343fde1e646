/** The models and schemas that each kind of object is held against, with unknown fields refused. */
package io.tidemark.deploy.model;
