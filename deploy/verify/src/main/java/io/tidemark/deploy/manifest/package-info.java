/** Manifests as they leave Kustomize, and questions to them. Knows no main class and no topic. */
package io.tidemark.deploy.manifest;
