/** The catalogue of Kafka topics and what travels beside the values in them: headers and refusal reasons. */
package io.tidemark.contracts.topic;
