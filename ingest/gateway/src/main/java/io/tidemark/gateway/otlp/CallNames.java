package io.tidemark.gateway.otlp;

import io.tidemark.contracts.avro.Trace;

/** The free names of a model call, cleaned. Clients put anything into them. */
final class CallNames {

    private CallNames() {}

    static void clean(Trace call, TextPolicy policy) {
        call.setProvider(clean(call.getProvider(), policy));
        call.setFinishReason(clean(call.getFinishReason(), policy));
        call.setErrorClass(clean(call.getErrorClass(), policy));
        call.setFallbackFrom(clean(call.getFallbackFrom(), policy));
        call.setPrediction(clean(call.getPrediction(), policy));
        if (!call.getCategoricalFeatures().isEmpty()) {
            java.util.Map<String, String> features = new java.util.HashMap<>(call.getCategoricalFeatures());
            features.replaceAll((name, value) -> policy.name(value));
            call.setCategoricalFeatures(features);
        }
    }

    private static String clean(String name, TextPolicy policy) {
        return name == null ? null : policy.name(name);
    }
}
