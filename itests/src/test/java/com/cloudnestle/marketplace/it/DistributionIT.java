package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** One server, started as a user would from a read-only installation and an unprivileged account, on every JDK named. */
@ParameterizedClass(name = "{0}")
@MethodSource("com.cloudnestle.marketplace.it.Distribution#javaHomes")
class DistributionIT {
    private static final String COUNT = "/solutions/word-count/api/count";
    private static final String CATALOGUE = "/api/solutions";
    /** What a hot deployment takes at most. */
    private static final Duration DEPLOYMENT = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static Distribution distribution;
    private static TreeMap<String, String> installed;
    private static Server server;

    @Parameter
    Path javaHome;

    @BeforeParameterizedClassInvocation
    static void start(Path javaHome) throws Exception {
        Path place = Files.createDirectories(directory.resolve("on " + javaHome.getFileName()));
        for (Path open = place; open.startsWith(directory); open = open.getParent()) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        distribution = Distribution.unpack(place);
        installed = distribution.state();
        server = new Server(distribution, javaHome, Distribution.ownedDirectory(place.resolve("my data")));
        Duration first = server.start();
        server.awaitConsole();
        System.out.printf("%s: ready after %d ms, resident %d MiB%n", javaHome.getFileName(), first.toMillis(),
            server.residentMebibytes());
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        try {
            assertThat(server.stop()).as("exit code after SIGTERM").isZero();
            assertThat(server.log()).as("errors in the log").noneMatch(line -> line.contains("| ERROR |"));
            assertThat(distribution.state()).as("the installation is as it was").isEqualTo(installed);
        } finally {
            server.close();
        }
    }

    @Test
    void takesAJarAndLetsItGo() throws Exception {
        deployAndRemove(() -> Plugin.dropJar(server.data()), "jar");
    }

    @Test
    void takesAKarAndLetsItGo() throws Exception {
        deployAndRemove(() -> Plugin.dropKar(server.data()), "kar");
    }

    /** A machine may stand still for a while, but not each time. */
    private void deployAndRemove(Callable<Path> drop, String kind) throws Exception {
        Duration fastest = deployAndRemove(drop.call(), kind);
        for (int again = 1; again < 3 && fastest.compareTo(DEPLOYMENT) >= 0; again++) {
            fastest = deployAndRemove(drop.call(), kind);
        }
        assertThat(fastest).as("hot deployment of a " + kind).isLessThan(DEPLOYMENT);
    }

    private Duration deployAndRemove(Path dropped, String kind) throws Exception {
        Http http = server.http();
        Http.Call count = () -> http.post(COUNT, "{\"text\": \"three small words\"}");
        Duration up = http.await("word-count is there", count, answer -> answer.statusCode() != 404);
        assertThat(http.get(CATALOGUE).body()).contains("\"word-count\"");
        HttpResponse<String> counted = http.post(COUNT, "{\"text\": \"three small words\"}",
            "Authorization", "Bearer " + server.newToken("word-count", "pro"));
        assertThat(counted.statusCode()).as(counted.body()).isEqualTo(200);
        assertThat(Http.json(counted).required("words").asInt()).isEqualTo(3);

        Files.delete(dropped);

        Duration down = http.await("word-count is gone", count, answer -> answer.statusCode() == 404);
        System.out.printf("%s: %s deployed after %d ms, removed after %d ms%n", javaHome.getFileName(), kind,
            up.toMillis(), down.toMillis());
        assertThat(http.get(CATALOGUE).body()).doesNotContain("\"word-count\"");
        return up;
    }

    @Test
    void replacesASolutionByItsNextVersion() throws Exception {
        Http http = server.http();
        Http.Call count = () -> http.post(COUNT, "{\"text\": \"one\"}");
        Plugin.dropJar(server.data());
        http.await("word-count is there", count, answer -> answer.statusCode() != 404);

        Path next = Plugin.dropChangedJar(server.data(), "word-count.jar", Map.of("Bundle-Version", "99.0.0"));

        http.await("the next version serves", () -> http.get("/health/ready"), answer -> answer.body().contains("\"99.0.0\""));
        assertThat(count.run().statusCode()).as("served, whatever is left of the visitor's quota").isIn(200, 429);
        Files.delete(next);
        http.await("word-count is gone", count, answer -> answer.statusCode() == 404);
    }

    @Test
    void refusesASecondServerOnTheSameData() throws Exception {
        Server.Ended second = server.run("karaf", List.of("server"), "");

        assertThat(second.code()).isEqualTo(3);
        assertThat(second.output()).contains("in use by process " + server.pid(), "port " + server.port());
        assertThat(server.http().get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void runsBesideAServerOnOtherData() throws Exception {
        Path data = Distribution.ownedDirectory(server.data().resolveSibling("other data"));
        try (Server other = new Server(distribution, javaHome, data)) {
            other.start();
            assertThat(server.http().get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(other.stop()).isZero();
        }
    }

    @Test
    void stopScriptStopsAndSaysSoWhenThereIsNothingToStop() throws Exception {
        Path data = Distribution.ownedDirectory(server.data().resolveSibling("stopped data"));
        try (Server other = new Server(distribution, javaHome, data)) {
            other.start();
            assertThat(other.run("stop", List.of(), "")).isEqualTo(new Server.Ended(0, "marketplace: stopped\n"));
            Server.Ended again = other.run("stop", List.of(), "");
            assertThat(again.code()).isEqualTo(1);
            assertThat(again.output()).contains("nothing runs on");
        }
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        List<InetAddress> others = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).toList();
        for (InetAddress address : others) {
            for (int port : new int[] {server.port(), server.sshPort()}) {
                assertThatThrownBy(() -> connect(address, port, 2_000)).as("%s:%s", address, port)
                    .isInstanceOf(IOException.class);
            }
        }
        connect(InetAddress.getLoopbackAddress(), server.port(), 60_000);
        connect(InetAddress.getLoopbackAddress(), server.sshPort(), 60_000);
    }

    private static void connect(InetAddress address, int port, int patienceMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), patienceMillis);
        }
    }

    @Test
    void opensTheConsoleToTheOneTimeSecret() throws Exception {
        String secret = server.operatorSecret();

        assertThat(server.console("shell:info", "-u", "operator", "-p", secret).output()).contains("Karaf version");
        try (Stream<Path> files = Files.walk(server.data().resolve("etc"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(new String(Files.readAllBytes(file))).as("%s", file).doesNotContain(secret);
            }
        }
    }

    @Test
    void keepsTheConsoleShutToOthers() throws Exception {
        for (String[] login : new String[][] {{"-u", "karaf", "-p", "karaf"}, {"-u", "operator", "-p", "operator"},
            {"-u", "operator", "-p", ""}, {"-u", "admin", "-p", "admin"}}) {
            Server.Ended answer = server.console("shell:info", login);
            assertThat(answer.code()).as("%s", List.of(login)).isNotZero();
            assertThat(answer.output()).doesNotContain("Karaf version");
        }
    }

    @Test
    void keepsItsDataToItself() throws Exception {
        awaitHostKey();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.data()))).isEqualTo("rwx------");
        for (String secret : List.of("first-start/operator.txt", "etc/users.properties", "etc/host.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.data().resolve(secret))))
                .as(secret).isEqualTo("rw-------");
        }
    }

    /** It may be made only for the first who connects. */
    private static void awaitHostKey() throws InterruptedException {
        for (int poll = 0; poll < 1_200 && !Files.exists(server.data().resolve("etc/host.key")); poll++) {
            Thread.sleep(100);
        }
    }

    @Test
    void saysWhenItCannotWriteItsData() throws Exception {
        Path file = Files.createFile(server.data().resolveSibling("a file"));

        Server.Ended answer = new Server(distribution, javaHome, file.resolve("data")).run("karaf", List.of("server"), "");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.output()).contains("cannot write to the data directory " + file);
    }

    @Test
    void refusesAnUnfitAdminKeyWithoutShowingIt() throws Exception {
        Path data = Distribution.ownedDirectory(server.data().resolveSibling("unfit key data"));
        for (String unfit : List.of("too-short", "x".repeat(513), "a key of more than 32 characters with blanks",
                "a-key-of-more-than-32-characters-with\nits-line-end")) {
            Server.Ended answer = new Server(distribution, javaHome, data).withAdminKey(unfit)
                .run("karaf", List.of("server"), "");
            assertThat(answer.code()).as(unfit).isEqualTo(1);
            assertThat(answer.output()).contains("MARKETPLACE_ADMIN_KEY must be").doesNotContain(unfit);
        }
    }
}
