package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.solution.PluginReport.State;
import com.cloudnestle.marketplace.solution.Solution;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** What only a real OSGi framework can show: bundles that do not resolve, files of a bundle, services that fail to come. */
class FrameworkTest {

    private static final String API = "com.cloudnestle.marketplace.solution";

    private final Platform platform = new Platform();

    @TempDir
    Path storage;

    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start() throws BundleException {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, API + ";version=1.0");
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(configuration);
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        platform.close();
        assertThat(framework.waitForStop(60_000).getType()).as("its files may be deleted").isEqualTo(FrameworkEvent.STOPPED);
    }

    @Test
    void namesThePackageThatAPluginLacks() throws Exception {
        try (UnresolvedPlugins looking = new UnresolvedPlugins(context, platform.host)) {
            Bundle bundle = install("com.example.lacking", API + ",com.example.missing;version=\"[2,3)\",com.other;resolution:=optional");
            looking.look(bundle);

            assertThat(platform.only().bundle()).isEqualTo("com.example.lacking");
            assertThat(platform.only().state()).isEqualTo(State.UNRESOLVED);
            assertThat(platform.only().reason()).contains("package com.example.missing", "version>=2").doesNotContain("com.other");

            bundle.uninstall();
            assertThat(platform.host.plugins()).isEmpty();
        }
    }

    @Test
    void forgetsAPluginWhoseProviderCame() throws Exception {
        try (UnresolvedPlugins looking = new UnresolvedPlugins(context, platform.host)) {
            Bundle bundle = install("com.example.lacking", API + ",com.example.late");
            looking.look(bundle);
            assertThat(platform.host.plugins()).hasSize(1);

            install("com.example.provider", null, Map.of(Constants.EXPORT_PACKAGE, "com.example.late"), Map.of("com/example/late/x", ""));
            bundle.start();

            assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(platform.host.plugins()).isEmpty();
        }
    }

    /** The look runs on a thread of its own: whatever happens between seeing what is missing and telling it. */
    @Test
    void aPluginThatGoesWhileItIsLookedAtIsNotReportedForEver() throws Exception {
        try (UnresolvedPlugins looking = new UnresolvedPlugins(context, platform.host)) {
            Bundle bundle = install("com.example.lacking", API + ",com.example.missing");
            Bundle going = (Bundle) Proxy.newProxyInstance(Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("getSymbolicName")) { // asked for when it is told
                            bundle.uninstall();
                        }
                        return method.invoke(bundle, arguments);
                    });

            looking.look(going);

            assertThat(bundle.getState()).isEqualTo(Bundle.UNINSTALLED);
            assertThat(platform.host.plugins()).isEmpty();
        }
    }

    @Test
    void saysNothingOfBundlesThatAreMerelyNotStartedOrNotOurs() throws Exception {
        try (UnresolvedPlugins looking = new UnresolvedPlugins(context, platform.host)) {
            looking.look(install("com.example.waiting", API));
            assertThat(looking.addingBundle(install("org.other", "com.example.missing"), null) == null).isTrue();

            assertThat(platform.host.plugins()).isEmpty();
        }
    }

    @Test
    void readsTheFilesOfTheFolderWebAndNoOthers() throws Exception {
        Bundle bundle = install("com.example.web", API, Map.of(), Map.of(
                "web/index.html", "start", "web/a/b.txt", "deep", "secret.txt", "no", "web2/x", "no"));

        WebFiles files = WebFiles.of(bundle);

        assertThat(files.files()).containsOnlyKeys("index.html", "a/b.txt");
        assertThat(files.files().get("a/b.txt")).asString(StandardCharsets.UTF_8).isEqualTo("deep");
        assertThat(WebFiles.of(install("com.example.none", API)).files()).isEmpty();
    }

    @Test
    void aPluginWhoseServiceCannotBeMadeIsNamed() {
        try (UnresolvedPlugins looking = new UnresolvedPlugins(context, platform.host)) {
            SolutionWhiteboard whiteboard = new SolutionWhiteboard(context, platform.host, looking);
            ServiceRegistration<Solution> service = register(context, new ServiceFactory<>() {
                @Override
                public Solution getService(Bundle bundle, ServiceRegistration<Solution> registration) {
                    throw new IllegalStateException("constructor failed");
                }

                @Override
                public void ungetService(Bundle bundle, ServiceRegistration<Solution> registration, Solution solution) {}
            });
            ServiceReference<Solution> reference = service.getReference();

            whiteboard.arrived(reference);
            assertThat(whiteboard.plugins()).singleElement().satisfies(plugin -> {
                assertThat(plugin.state()).isEqualTo(State.FAILED);
                assertThat(plugin.reason()).contains("service could not be made");
            });

            whiteboard.left(reference);
            assertThat(whiteboard.plugins()).isEmpty();
        }
    }

    @Test
    void aServiceThatComesIsServedAndOneThatGoesIsNot() throws Exception {
        try (UnresolvedPlugins looking = new UnresolvedPlugins(context, platform.host)) {
            SolutionWhiteboard whiteboard = new SolutionWhiteboard(context, platform.host, looking);
            ServiceReference<Solution> reference = context
                    .registerService(Solution.class, new TextSolution("text", "here"), new Hashtable<>())
                    .getReference();

            whiteboard.arrived(reference);
            assertThat(platform.get("/solutions/text/api/version").body()).contains("here");
            assertThat(whiteboard.health("text")).isPresent();

            whiteboard.left(reference);
            assertThat(platform.get("/solutions/text/api/version").statusCode()).isEqualTo(404);
        }
    }

    private static ServiceRegistration<Solution> register(BundleContext context, ServiceFactory<Solution> factory) {
        Dictionary<String, Object> properties = new Hashtable<>();
        return context.registerService(Solution.class, factory, properties);
    }

    private Bundle install(String name, String imports) throws Exception {
        return install(name, imports, Map.of(), Map.of());
    }

    private Bundle install(
            String name, @Nullable String imports, Map<String, String> headers, Map<String, String> files)
            throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        main.putValue(Constants.BUNDLE_VERSION, "1.2.3");
        if (imports != null) {
            main.putValue(Constants.IMPORT_PACKAGE, imports);
        }
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(file.getKey()));
                jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return context.installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
    }
}
