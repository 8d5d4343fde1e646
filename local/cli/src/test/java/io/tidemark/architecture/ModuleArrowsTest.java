package io.tidemark.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may use which: the table of the design, kept by the build. */
class ModuleArrowsTest {

    private static final String ROOT = "io.tidemark";

    /** Base package of each module, and the base packages that it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("platform", Set.of()),
            Map.entry("statistics", Set.of()),
            Map.entry("contracts", Set.of()),
            Map.entry("registry", Set.of("contracts")),
            Map.entry("ingest", Set.of("contracts")),
            Map.entry("client", Set.of("contracts", "registry", "platform", "ingest")),
            Map.entry("jobs", Set.of("contracts", "registry", "statistics", "platform")),
            Map.entry("sink", Set.of("contracts", "registry", "statistics", "platform")),
            Map.entry("console", Set.of("contracts", "registry", "platform")),
            Map.entry("alerts", Set.of("contracts", "registry", "platform")),
            Map.entry("consumers", Set.of("contracts", "registry", "statistics", "platform")),
            Map.entry("gateway", Set.of("contracts", "registry", "platform", "ingest")),
            Map.entry("assembly", Set.of("contracts", "registry", "platform")),
            Map.entry("stack", Set.of("contracts", "registry", "platform")),
            Map.entry(
                    "cli",
                    Set.of(
                            "contracts",
                            "registry",
                            "statistics",
                            "platform",
                            "ingest",
                            "client",
                            "gateway",
                            "assembly",
                            "jobs",
                            "sink",
                            "console",
                            "alerts",
                            "consumers",
                            "stack")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static List<String> modules() {
        return ARROWS.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatItsArrowsAllow(String module) {
        assertThat(CLASSES.stream().filter(type -> resides(type, module))).isNotEmpty();
        usesOnly(module, ARROWS.get(module)).check(CLASSES);
    }

    @Test
    void rulesAndTheirTestsKnowNeitherFlinkNorKafka() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".jobs.rules.model..", ROOT + ".jobs.rules.evaluation.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.flink..", "org.apache.kafka.."))
                .check(CLASSES);
    }

    @Test
    void theMathematicsAndTheContractsKnowNoInfrastructure() {
        noClasses()
                .that(resideInAnyPackage(packages("statistics"), packages("contracts")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.apache.flink..",
                        "org.apache.kafka..",
                        "java.sql..",
                        "com.clickhouse..",
                        "io.micrometer.."))
                .check(CLASSES);
    }

    @Test
    void onlyOneClassNamesTheRelocatedRegistryClient() {
        noClasses()
                .that(DescribedPredicate.not(new DescribedPredicate<JavaClass>("the adapter") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getName().equals("io.tidemark.registry.ConfluentSchemaRegistry");
                    }
                }))
                .and(resideInAPackage(ROOT + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.flink.avro.registry.."))
                .check(CLASSES);
    }

    @Test
    void aForbiddenArrowIsReported() {
        assertThatThrownBy(() -> usesOnly("registry", Set.of()).check(CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.tidemark.contracts");
    }

    private static ArchRule usesOnly(String module, Set<String> allowed) {
        return classes()
                .that(resideInAPackage(packages(module)))
                .should()
                .onlyDependOnClassesThat(new DescribedPredicate<>("its arrows allow") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !resideInAPackage(ROOT + "..").test(type)
                                || resides(type, module)
                                || allowed.stream().anyMatch(each -> resides(type, each));
                    }
                });
    }

    private static boolean resides(JavaClass type, String module) {
        return resideInAPackage(packages(module)).test(type);
    }

    private static String packages(String module) {
        return ROOT + "." + module + "..";
    }
}
