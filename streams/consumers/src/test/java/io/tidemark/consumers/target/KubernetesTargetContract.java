package io.tidemark.consumers.target;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** What every target in Kubernetes keeps, on an API server with one object of it in the namespace {@code chat}. */
abstract class KubernetesTargetContract extends ActionTargetContract {

    final Cluster cluster = new Cluster();
    final ActionTarget target;
    private final ResourceDefinitionContext kind;
    private final String name;

    /** @param name name of the object that is acted on */
    KubernetesTargetContract(
            ResourceDefinitionContext kind, String name, Function<Supplier<KubernetesClient>, ActionTarget> target) {
        this.kind = kind;
        this.name = name;
        this.target = target.apply(cluster::client);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    void create(String yaml) {
        cluster.create(kind, "chat", yaml);
    }

    /** A value deep in an object. */
    Object value(String object, Object... path) {
        return cluster.get(kind, "chat", object).get(path);
    }

    @Override
    ActionTarget target() {
        return target;
    }

    @Override
    String existing() {
        return "chat/" + name;
    }

    @Override
    String missing() {
        return "chat/nobody";
    }

    @Override
    void changeBySomebodyElse() {
        cluster.touch(kind, "chat", name);
    }
}
