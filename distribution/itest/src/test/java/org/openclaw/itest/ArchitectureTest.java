package org.openclaw.itest;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openclaw.bench.container.Checkout;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The rules of the house that a compiler does not know. One word after {@code org.openclaw} is an API, two a provider. */
class ArchitectureTest {
    private static final Pattern API = Pattern.compile("org\\.openclaw\\.[a-z0-9]+");
    private static final Pattern PROVIDER = Pattern.compile("org\\.openclaw\\.([a-z0-9]+\\.[a-z0-9]+)(\\..*)?");

    /** One word after {@code org.openclaw}, and no API: a program, and a library for programs outside. */
    private static final String LAUNCHER = "launcher";

    private static final String CLIENT = "client";

    /** Which provider may use which other, and why. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            // the test kit runs agents on the real runtime, and checks their messages as a container does
            "test.kit",
            Set.of("agent.runtime", "schema.json"),
            // the trust library stands beside the launcher on its class path
            LAUNCHER,
            Set.of("deploy.trust"),
            // measures the verifier, and signs what it drops
            "bench.container",
            Set.of("deploy.trust"),
            // measures them together, without a framework, and beside the peers
            "bench.engine",
            Set.of("agent.runtime", "schema.json", "store.journal", "bench.peers"));

    private static JavaClasses house;

    @BeforeAll
    static void readTheBuiltClasses() {
        var folders = Stream.concat(Checkout.bundles().stream(), Checkout.distributions().stream())
                .map(module -> module.resolve("target/classes"))
                .toList();
        house = new ClassFileImporter().importPaths(folders);
        assertThat(house.size()).as("classes in %s", folders).isGreaterThan(100);
    }

    @Test
    void apisUseOnlyTheJdkAndOsgiAndOtherApis() {
        classes()
                .that(areApi())
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are of the JDK, OSGi, JSpecify or an API",
                        used -> used.getPackageName().startsWith("java.")
                                || used.getPackageName().startsWith("org.osgi.")
                                || used.getPackageName().startsWith("org.jspecify.")
                                || used.getPackageName().isEmpty()
                                || API.matcher(used.getPackageName()).matches()))
                .because("a third-party type in an API binds every plugin to that library")
                .check(house);
    }

    @Test
    void apisHaveNoCycles() {
        slices().matching("org.openclaw.(*)").should().beFreeOfCycles().check(house);
    }

    @Test
    void providersAreStrangersToEachOther() {
        classes()
                .that(DescribedPredicate.describe("are providers", each -> provider(each) != null))
                .should(new ArchCondition<>("use no other provider") {
                    @Override
                    public void check(JavaClass user, ConditionEvents events) {
                        var own = provider(user);
                        user.getDirectDependenciesFromSelf().forEach(dependency -> {
                            var other = provider(dependency.getTargetClass());
                            if (other != null
                                    && !other.equals(own)
                                    && !ALLOWED.getOrDefault(own, Set.of()).contains(other)) {
                                events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                            }
                        });
                    }
                })
                .because("a provider is reached through the API that it implements")
                .check(house);
    }

    @Test
    void everyOpenInterfaceOfAnApiSaysWhoImplementsIt() {
        classes()
                .that(areApi())
                .and()
                .areInterfaces()
                .and()
                .areNotAnnotations()
                .and(DescribedPredicate.describe(
                        "are not sealed and have methods",
                        each -> !each.reflect().isSealed() && !each.getMethods().isEmpty()))
                .should()
                .beAnnotatedWith(ProviderType.class)
                .orShould()
                .beAnnotatedWith(ConsumerType.class)
                .because("the baseline judges a change by who implements the interface")
                .check(house);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(house);
    }

    @Test
    void nobodySleepsOrReadsTheClockBehindItsBack() {
        noClasses()
                .should(callMethod(Thread.class, "sleep", long.class))
                .orShould(callMethod(System.class, "currentTimeMillis"))
                .orShould(callMethod(Instant.class, "now"))
                .because("time is injected: take an InstantSource, and wait on what you wait for")
                .check(house);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Helper|Utils?|Manager)$")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveSimpleNameStartingWith("Default")
                .check(house);
    }

    private static DescribedPredicate<JavaClass> areApi() {
        return DescribedPredicate.describe(
                "are in an API", each -> API.matcher(each.getPackageName()).matches() && provider(each) == null);
    }

    private static @Nullable String provider(JavaClass type) {
        for (var one : List.of(LAUNCHER, CLIENT)) {
            if (type.getPackageName().startsWith("org.openclaw." + one)) {
                return one;
            }
        }
        var match = PROVIDER.matcher(type.getPackageName());
        return match.matches() ? match.group(1) : null;
    }
}
