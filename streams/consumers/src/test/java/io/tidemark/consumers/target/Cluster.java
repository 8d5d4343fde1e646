package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;

/** An API server that keeps objects and their resource versions. */
final class Cluster implements AutoCloseable {

    private final KubernetesMockServer server;
    private final KubernetesClient client;

    Cluster() {
        server = new KubernetesMockServer(
                new Context(Serialization.jsonMapper()),
                new MockWebServer(),
                new HashMap<>(),
                new KubernetesCrudDispatcher(),
                false);
        server.init();
        client = server.createClient();
    }

    KubernetesClient client() {
        return client;
    }

    GenericKubernetesResource create(ResourceDefinitionContext kind, String namespace, String yaml) {
        client.getHttpClient();
        GenericKubernetesResource object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        return client.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .resource(object)
                .create();
    }

    GenericKubernetesResource get(ResourceDefinitionContext kind, String namespace, String name) {
        return client.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** Somebody else's change: a label. */
    void touch(ResourceDefinitionContext kind, String namespace, String name) {
        GenericKubernetesResource object = get(kind, namespace, name);
        object.getMetadata().getLabels().put("touched", "yes");
        client.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .resource(object)
                .update();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
