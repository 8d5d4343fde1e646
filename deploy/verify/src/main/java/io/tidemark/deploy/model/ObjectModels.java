package io.tidemark.deploy.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the model of an object. */
public final class ObjectModels {

    private static final String FLINK_DEFINITION = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    /** The newest definition on Maven Central ends before these; see deploy/README.md. */
    private static final List<String> NEWER_FLINK_VERSIONS = List.of("v2_0", "v2_1", "v2_2", "v2_3");

    private static final Map<String, ObjectModel> MODELS = Map.ofEntries(
            typed("v1", Namespace.class),
            typed("v1", ConfigMap.class),
            typed("v1", Service.class),
            typed("v1", ServiceAccount.class),
            typed("apps/v1", Deployment.class),
            typed("batch/v1", Job.class),
            typed("batch/v1", CronJob.class),
            typed("policy/v1", PodDisruptionBudget.class),
            typed("autoscaling/v2", HorizontalPodAutoscaler.class),
            typed("networking.k8s.io/v1", NetworkPolicy.class),
            typed("rbac.authorization.k8s.io/v1", ClusterRole.class),
            typed("rbac.authorization.k8s.io/v1", Role.class),
            typed("rbac.authorization.k8s.io/v1", RoleBinding.class),
            typed("scheduling.k8s.io/v1", PriorityClass.class),
            typed("monitoring.coreos.com/v1", ServiceMonitor.class),
            typed("monitoring.coreos.com/v1", PrometheusRule.class),
            typed("kafka.strimzi.io/v1", Kafka.class),
            typed("kafka.strimzi.io/v1", KafkaNodePool.class),
            typed("kafka.strimzi.io/v1", KafkaTopic.class),
            typed("kafka.strimzi.io/v1", KafkaUser.class),
            Map.entry(
                    "flink.apache.org/v1beta1/FlinkDeployment",
                    SchemaModel.ofDefinition(FLINK_DEFINITION, ObjectModels::addFlinkVersions)));

    /** Kinds for which Maven Central has neither a model nor a schema; deploy/README.md says so. */
    static final Set<String> WITHOUT_MODEL = Set.of(
            "clickhouse.altinity.com/v1/ClickHouseInstallation",
            "clickhouse-keeper.altinity.com/v1/ClickHouseKeeperInstallation");

    private ObjectModels() {}

    /** What is wrong with an object; a kind that nobody knows is wrong too. */
    public static List<String> problems(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        ObjectModel model = MODELS.get(kind);
        if (model == null) {
            return WITHOUT_MODEL.contains(kind) ? List.of() : List.of("no model knows the kind " + kind);
        }
        return model.problems(object);
    }

    private static Map.Entry<String, ObjectModel> typed(String apiVersion, Class<?> type) {
        return Map.entry(apiVersion + "/" + type.getSimpleName(), new TypedModel(type));
    }

    private static void addFlinkVersions(ObjectNode schema) {
        ArrayNode known = (ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum");
        NEWER_FLINK_VERSIONS.forEach(known::add);
    }
}
