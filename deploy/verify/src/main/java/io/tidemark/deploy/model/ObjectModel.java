package io.tidemark.deploy.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Knows what an object of one kind may look like. */
interface ObjectModel {

    /** What is wrong with the object, each with the place; empty when nothing is. */
    List<String> problems(JsonNode object);
}
