package com.cloudnestle.marketplace.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom, and what no code of ours does. The reasons are in the project's decision records and guides. */
class ArchitectureTest {

    private static final String OURS = "com.cloudnestle.marketplace";

    /** The part of the API a solution is written against. */
    private static final Set<String> FOR_PLUGINS =
            Set.of(OURS + ".solution", OURS + ".catalog", OURS + ".error", OURS + ".embedding");

    /** What a payment gateway is written against, with what it is tried with. */
    private static final Set<String> FOR_GATEWAYS = Set.of(OURS + ".payment", OURS + ".testing.gateway");

    private static final Modules MODULES = new Modules();
    private static final JavaClasses CLASSES = MODULES.load();

    @BeforeAll
    static void everyModuleIsSeen() {
        Set<String> seen = CLASSES.stream().flatMap(type -> MODULES.of(type).stream())
                .collect(Collectors.toSet());
        if (!seen.containsAll(MODULES.all())) {
            throw new IllegalStateException("saw " + seen + " of " + MODULES.all());
        }
    }

    @Test
    void modulesMeetOnlyInTheApi() {
        // Gateways are tried in the container, too, so their labs and the trial know the conformance kit.
        Predicate<String> tried = m -> m.startsWith("payment-plugins/") || m.equals("core-bundles/gateway-trial");
        check(classes().that(builtIn("other modules than the testing one", m -> !m.equals(Modules.TESTING)))
                .should(onlyUse("classes of their own module and of the API", (from, to) ->
                        MODULES.of(to).equals(MODULES.of(from)) || MODULES.of(to).filter(Modules.API::equals).isPresent()
                                || MODULES.of(from).filter(tried).isPresent() && FOR_GATEWAYS.contains(to.getPackageName()))));
    }

    @Test
    void gatewaysSeeOnlyWhatIsMadeForThem() {
        check(classes().that(builtIn("gateways", m -> m.startsWith("payment-plugins/")))
                .should(onlyUse("packages made for gateways and their own", (from, to) ->
                        MODULES.of(to).equals(MODULES.of(from)) || FOR_GATEWAYS.contains(to.getPackageName()))));
    }

    @Test
    void testingKnowsOnlyTheApi() {
        check(classes().that(builtIn("the testing module", Modules.TESTING::equals))
                .should(onlyUse("the API", (from, to) ->
                        MODULES.of(to).equals(MODULES.of(from)) || MODULES.of(to).filter(Modules.API::equals).isPresent())));
    }

    @Test
    void pluginsSeeOnlyWhatIsMadeForThem() {
        check(classes().that(builtIn("plugins", m -> m.startsWith("solution-plugins/")))
                .should(onlyUse("packages made for plugins and their own", (from, to) ->
                        MODULES.of(to).equals(MODULES.of(from)) || FOR_PLUGINS.contains(to.getPackageName()))));
    }

    @Test
    void theApiNeedsNothingButTheJdkAndAnnotations() {
        check(classes().that(builtIn("the API", Modules.API::equals))
                .should().onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", OURS + "..", "org.osgi.annotation..", "org.jspecify.annotations..")));
    }

    @Test
    void onlyStoresKnowADatabase() {
        onlyIn("stores", m -> m.startsWith("core-bundles/store-"), "java.sql..", "javax.sql..", "org.sqlite..");
    }

    @Test
    void onlyTheDynamoDbStoreKnowsDynamoDb() {
        onlyIn("the DynamoDB store and its test server",
                Set.of("core-bundles/store-dynamodb", "core-bundles/dynamodb-local")::contains,
                "software.amazon..", "com.amazonaws..");
    }

    @Test
    void onlyTheSolutionFinderKnowsLucene() {
        onlyIn("the solution finder", "solution-plugins/aws-solution-finder"::equals, "org.apache.lucene..");
    }

    @Test
    void onlyTheEdgeAndSolutionsKnowJaxRs() {
        onlyIn("the edge and solutions", m -> m.startsWith("solution-plugins/")
                || Set.of("core-bundles/rest", "core-bundles/rest-runtime", "core-bundles/plugin-host").contains(m),
                "jakarta.ws.rs..");
    }

    @Test
    void onlyTheRestRuntimeKnowsCxf() {
        onlyIn("the REST runtime", "core-bundles/rest-runtime"::equals, "org.apache.cxf..");
    }

    @Test
    void onlyTheConsoleKnowsTheShell() {
        onlyIn("the console", "core-bundles/console"::equals, "org.apache.karaf..");
    }

    @Test
    void nobodyButThePlatformReadsTheClock() {
        check(noClasses().that(builtIn("other modules than platform", m -> !m.equals("core-bundles/platform")))
                .should().accessTargetWhere(describe("the wall clock is read", ArchitectureTest::readsClock)));
    }

    /** Calls and method references. What takes a clock is fine: then somebody decided which. */
    private static boolean readsClock(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
            return false;
        }
        String owner = target.getOwner().getName();
        List<String> parameters = target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        return switch (target.getName()) {
            case "now" -> owner.startsWith("java.time.") && !parameters.contains("java.time.Clock");
            case "currentTimeMillis" -> owner.equals("java.lang.System");
            case "system", "systemUTC", "systemDefaultZone" ->
                owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource");
            case "<init>" -> owner.equals("java.util.Date") && parameters.isEmpty();
            default -> false;
        };
    }

    @Test
    void nobodyUsesJavaUtilLogging() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    }

    @Test
    void nobodyWritesToStandardStreams() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    @Test
    void componentsResourcesAndCommandsAreFinal() {
        check(classes().that(describe("are components, resources or commands", type -> !type.isInterface()
                        && (type.isAnnotatedWith("org.osgi.service.component.annotations.Component")
                                || type.isAnnotatedWith("org.apache.karaf.shell.api.action.lifecycle.Service")
                                || type.isAnnotatedWith("jakarta.ws.rs.Path"))))
                .should(haveTheModifierFinal()));
    }

    /** Declarative services tries every public constructor with the right number of parameters and logs an error for a wrong one. */
    @Test
    void componentsHaveNoConstructorsToMixUp() {
        check(classes().that(describe("are components", type ->
                        type.isAnnotatedWith("org.osgi.service.component.annotations.Component")))
                .should(haveNoPublicConstructorsOfOneLength()));
    }

    @Test
    void servicesAreFinal() {
        check(classes().that(describe("implement an interface of the API", type -> !type.isInterface()
                        && !type.isAnonymousClass() && !madeToBeExtended(type)
                        && type.getAllRawInterfaces().stream().anyMatch(face ->
                                MODULES.of(face).filter(Modules.API::equals).isPresent())
                        && MODULES.of(type).filter(m -> !m.equals(Modules.API)).isPresent()))
                .should(haveTheModifierFinal()));
    }

    private static boolean madeToBeExtended(JavaClass type) {
        return MODULES.of(type).filter(Modules.TESTING::equals).isPresent() && type.getSimpleName().startsWith("Forwarding");
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(liveInANullMarkedPackage()));
    }

    @Test
    void staticFieldsThatChangeArePrivate() {
        check(fields().that().areStatic().and().areNotFinal().should().bePrivate().allowEmptyShould(true));
    }

    @Test
    void amountsAreNeverFloatingPoint() {
        check(classes().that().resideInAnyPackage(OURS + ".catalog..", OURS + ".quota..", OURS + ".entitlement..")
                .should(haveNoFloatingPoint()));
    }

    @Test
    void namesSayHowThingsWork() {
        check(noClasses().should().haveSimpleNameEndingWith("Impl")
                .orShould().haveSimpleNameEndingWith("Manager")
                .orShould().haveSimpleNameEndingWith("Helper")
                .orShould().haveSimpleNameEndingWith("Util")
                .orShould().haveSimpleNameEndingWith("Utils")
                .orShould().haveSimpleNameStartingWith("Abstract"));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static void onlyIn(String who, Predicate<String> modules, String... packages) {
        check(noClasses().that(builtIn("other modules than " + who, m -> !modules.test(m)))
                .should().dependOnClassesThat().resideInAnyPackage(packages));
    }

    private static DescribedPredicate<JavaClass> builtIn(String what, Predicate<String> modules) {
        return describe("are built in " + what, type -> MODULES.of(type).filter(modules).isPresent());
    }

    /** Looks at our own classes only; what a module may use of libraries is the matter of other rules. */
    private static ArchCondition<JavaClass> onlyUse(String what, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>("only use " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(OURS)) {
                        events.add(new SimpleConditionEvent(
                                type, allowed.test(type, target), dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveTheModifierFinal() {
        return new ArchCondition<>("be final") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean isFinal = type.getModifiers().contains(JavaModifier.FINAL);
                events.add(new SimpleConditionEvent(type, isFinal, type.getName() + " is not final"));
            }
        };
    }

    private static ArchCondition<JavaClass> haveNoPublicConstructorsOfOneLength() {
        return new ArchCondition<>("have no two public constructors with as many parameters") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                List<Integer> lengths = type.getConstructors().stream()
                        .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(constructor -> constructor.getRawParameterTypes().size())
                        .toList();
                boolean different = Set.copyOf(lengths).size() == lengths.size();
                events.add(new SimpleConditionEvent(type, different, type.getName() + " has constructors of " + lengths));
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " (of " + type.getSimpleName() + ") has no @NullMarked"));
            }
        };
    }

    private static ArchCondition<JavaClass> haveNoFloatingPoint() {
        Set<String> floating = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
        return new ArchCondition<>("have no floating point in fields, parameters or results") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields().forEach(field -> events.add(new SimpleConditionEvent(
                        field, !floating.contains(field.getRawType().getName()), field.getDescription())));
                type.getCodeUnits().forEach(unit -> events.add(new SimpleConditionEvent(
                        unit,
                        !floating.contains(unit.getRawReturnType().getName())
                                && unit.getRawParameterTypes().stream().noneMatch(p -> floating.contains(p.getName())),
                        unit.getDescription())));
            }
        };
    }
}
