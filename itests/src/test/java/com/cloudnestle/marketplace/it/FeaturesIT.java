package com.cloudnestle.marketplace.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Runs inside the real distribution: every feature of ours installs, and nothing of it is left half-started. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesIT {
    private static final String OURS = "com.cloudnestle.marketplace";
    private static final int START_MILLIS = 300_000;

    @Inject
    BundleContext context;
    @Inject
    FeaturesService features;
    /** Comes when all that the distribution starts with is installed. */
    @Inject
    @Filter(timeout = START_MILLIS)
    BootFinished booted;
    @Inject
    @Filter(timeout = START_MILLIS)
    ServiceComponentRuntime components;

    @Configuration
    public Option[] configuration() throws IOException {
        String karaf = System.getProperty("karaf.version");
        String exam = new File(System.getProperty("marketplace.exam.repository")).toURI().toString();
        List<Option> options = new ArrayList<>(List.of(
            karafDistributionConfiguration()
                .frameworkUrl(new File(System.getProperty("marketplace.distribution")).toURI().toString())
                .karafVersion(karaf).name("marketplace").unpackDirectory(new File("target/exam")).useDeployFolder(false),
            keepRuntimeFolder(),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            editConfigurationFilePut("etc/org.ops4j.pax.web.cfg", "org.osgi.service.http.port", "" + Ports.free()),
            editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", "" + Ports.free()),
            // bin/karaf would have made the folder that is meant for it
            editConfigurationFilePut("etc/custom.system.properties", "org.sqlite.tmpdir", "${karaf.base}"),
            // the distribution looks nowhere but in itself; what Pax Exam installs lies in a folder of the build
            editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.defaultRepositories",
                "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots, " + exam + "@id=exam"),
            vmOption("-Xmx512m")));
        moduleOptions(karaf).forEach(option -> options.add(vmOption(option)));
        return options.toArray(new Option[0]);
    }

    /** Pax Exam does not use bin/karaf, so what that passes to the JVM is repeated here. */
    private static Stream<String> moduleOptions(String karaf) {
        Stream<String> always = Stream.of(
            "--add-reads=java.xml=java.logging",
            "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
            "--patch-module=java.base=lib/endorsed/org.apache.karaf.specs.locator-" + karaf + ".jar",
            "--patch-module=java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + karaf + ".jar",
            "--add-opens=java.base/java.security=ALL-UNNAMED", "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
            "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED");
        boolean agent = Runtime.version().feature() >= 24;
        return agent ? Stream.concat(always, Stream.of("-javaagent:lib/agent/marketplace-jdk-agent.jar")) : always;
    }

    @Test
    public void everyFeatureOfOursInstallsAndAllBundlesStart() throws Exception {
        Set<String> ours = ownFeatures();
        assertTrue("found " + ours, ours.containsAll(Set.of("marketplace", "marketplace-http", "marketplace-json",
            "marketplace-sqlite", "marketplace-dynamodb", "marketplace-core", "marketplace-payments",
            "marketplace-rest", "marketplace-web", "marketplace-console", "aws-solution-finder", "word-count")));

        for (String name : ours) {
            features.installFeature(name);
            assertTrue(name, features.isInstalled(features.getFeature(name)));
            assertEquals("after " + name, List.of(), awaitNothing(this::bundlesNotStarted));
        }
    }

    @Test
    public void everyComponentOfOursIsSatisfied() throws Exception {
        features.installFeature("word-count");
        assertEquals(Set.of(), awaitNothing(this::componentsNotSatisfied));
    }

    private Set<String> componentsNotSatisfied() {
        Collection<ComponentDescriptionDTO> all = components.getComponentDescriptionDTOs(
            Arrays.stream(context.getBundles()).filter(FeaturesIT::isOurs).toArray(Bundle[]::new));
        assertFalse("components were found", all.isEmpty());
        return all.stream()
            .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
            .filter(configured -> configured.state != ComponentConfigurationDTO.ACTIVE
                && configured.state != ComponentConfigurationDTO.SATISFIED)
            .map(configured -> configured.description.name + " lacks "
                + Arrays.stream(configured.unsatisfiedReferences).map(reference -> reference.name).toList()
                + (configured.failure == null ? "" : " failed: " + configured.failure))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> ownFeatures() throws Exception {
        return Stream.of(features.listFeatures())
            .filter(feature -> feature.getRepositoryUrl() != null && feature.getRepositoryUrl().contains(OURS))
            .map(Feature::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Components start by themselves, so this waits for a while. What was missing at the last look. */
    private static <C extends Collection<String>> C awaitNothing(Supplier<C> missing) throws InterruptedException {
        C found = missing.get();
        for (int poll = 0; poll < START_MILLIS / 100 && !found.isEmpty(); poll++) {
            Thread.sleep(100);
            found = missing.get();
        }
        return found;
    }

    private List<String> bundlesNotStarted() {
        return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getState() != wantedState(bundle))
            .map(bundle -> bundle.getSymbolicName() + " is in state " + bundle.getState()).toList();
    }

    private static int wantedState(Bundle bundle) {
        boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
        return fragment ? Bundle.RESOLVED : Bundle.ACTIVE;
    }

    private static boolean isOurs(Bundle bundle) {
        return bundle.getSymbolicName().startsWith(OURS) || bundle.getLocation().contains(OURS);
    }
}
