package io.tidemark.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs on Kubernetes is held against the byte code: nothing that starts is forgotten, and no topic that it touches. */
class CodeOfWorkloadsTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tidemark");

    /** Processes of a stack on one machine only. */
    private static final Set<String> LOCAL = Set.of(
            "io.tidemark.benchmarks",
            "io.tidemark.cli",
            "io.tidemark.deploy",
            "io.tidemark.stack",
            "io.tidemark.testing");

    /** Topics that a job touches through the source that it shares with other jobs. */
    private static final Set<String> SHARED = Workload.names(
            TopicCatalogue.TRACES, TopicCatalogue.LATE, TopicCatalogue.PROGRESS, TopicCatalogue.BASELINES);

    @Test
    void everyMainClassIsAWorkload() {
        Set<String> mains = CODE.stream()
                .filter(CodeOfWorkloadsTest::isStarted)
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mains)
                .isEqualTo(Workloads.all().stream()
                        .map(workload -> workload.mainClass().getName())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    static Stream<Workload> jobs() {
        return Workloads.all().stream().filter(workload -> workload.kind() == Workload.Kind.FLINK_JOB);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void aJobHasARightToEachTopicThatItNames(Workload job) {
        Set<String> named = topicsNamedIn(job.mainClass().getPackageName());
        Set<String> allowed = new TreeSet<>(job.reads());
        allowed.addAll(job.writes());
        assertThat(allowed).as("rights of %s", job.name()).containsAll(named);
        allowed.removeAll(named);
        assertThat(SHARED)
                .as("rights of %s that its code does not name", job.name())
                .containsAll(allowed);
    }

    private static boolean isStarted(JavaClass type) {
        return LOCAL.stream().noneMatch(folder -> type.getPackageName().startsWith(folder))
                && type.getMethods().stream()
                        .anyMatch(method -> method.getName().equals("main")
                                && method.getModifiers().contains(JavaModifier.PUBLIC)
                                && method.getModifiers().contains(JavaModifier.STATIC));
    }

    private static Set<String> topicsNamedIn(String folder) {
        return CODE.stream()
                .filter(type -> (type.getPackageName() + ".").startsWith(folder + "."))
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .map(JavaFieldAccess::getTarget)
                .filter(field -> field.getOwner().isEquivalentTo(TopicCatalogue.class))
                .filter(field -> field.getRawType().isEquivalentTo(Topic.class))
                .map(field -> name(field.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(String constant) {
        try {
            return ((Topic) TopicCatalogue.class.getField(constant).get(null)).name();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("'%s' is no topic of the catalogue".formatted(constant), e);
        }
    }
}
