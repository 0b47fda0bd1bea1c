package com.cloudnestle.marketplace.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nodes over one store, started by {@code ./run --nodes} as a user would. Numbers count from 1. */
final class NodeGroup implements AutoCloseable {
    private static final String SOLUTION = "aws-solution-finder";
    /** Several servers at once on a busy machine take a while. */
    private static final int START_SECONDS = 240;
    private static final int STOP_SECONDS = 240;
    /** What {@code ./run} waits for besides the server: its solutions, at most so long. */
    private static final int MORE_SECONDS = 60;
    /** With the defaults a machine that stands still for three seconds makes a call fail that nobody disturbed. */
    private static final String PATIENT_STORE = """
        region = ${env:MARKETPLACE_DYNAMODB_REGION:-}
        endpoint = ${env:MARKETPLACE_DYNAMODB_ENDPOINT:-}
        credentials = ${env:MARKETPLACE_DYNAMODB_CREDENTIALS:-environment}
        tables = ${env:MARKETPLACE_DYNAMODB_TABLES:-verify}
        connect.timeout.millis = 30000
        request.timeout.millis = 30000
        call.budget.millis = 45000
        """;
    private static final Pattern ADMIN_KEY = Pattern.compile("adm_[\\w-]+");

    private final Path data;
    private final int port;
    private final List<Http> http = new ArrayList<>();
    private final Map<String, String> environment;
    private final Process all;
    private final Path output;

    /** Nodes that were started one by one later. */
    private final Map<Integer, Process> joined = new HashMap<>();

    private NodeGroup(Path data, int count) throws IOException {
        this.data = data;
        this.port = Ports.freeInARow(count);
        for (int number = 1; number <= count; number++) {
            http.add(new Http(port + number - 1));
        }
        environment = Map.of("MARKETPLACE_START_SECONDS", "" + START_SECONDS);
        output = data.resolveSibling("nodes.out");
        all = RunScript.builder(environment, "--no-build", "--nodes", "" + count, "--port", "" + port, "--data", data.toString())
            .redirectOutput(output.toFile()).start();
    }

    /** Starts them at once on empty data, each with the tier profile. */
    static NodeGroup start(Path data, int count, String profileName, String profile) throws Exception {
        for (int number = 1; number <= count; number++) {
            Path folder = Files.createDirectories(data.resolve("node-" + number + "/profiles"));
            Files.writeString(folder.resolve(profileName + ".json"), profile);
            Path etc = Files.createDirectories(data.resolve("node-" + number + "/etc"));
            Files.writeString(etc.resolve("com.cloudnestle.marketplace.store.dynamodb.cfg"), PATIENT_STORE);
        }
        NodeGroup group = new NodeGroup(data, count);
        try {
            RunScript.awaitOutput(group.all, group.output, "Ctrl-C stops all", count * START_SECONDS + MORE_SECONDS);
            for (int number = 1; number <= count; number++) {
                group.awaitSolution(number);
            }
        } catch (AssertionError | Exception e) {
            group.close();
            throw e;
        }
        return group;
    }

    Http http(int number) {
        return http.get(number - 1);
    }

    String address(int number) {
        return "http://127.0.0.1:" + (port + number - 1);
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** All admin keys that the nodes showed. */
    List<String> adminKeys() throws IOException {
        Matcher keys = ADMIN_KEY.matcher(output());
        List<String> found = new ArrayList<>();
        while (keys.find()) {
            found.add(keys.group());
        }
        return found;
    }

    String newToken(int number, String customer, String tier) throws Exception {
        HttpResponse<String> answer = http(number).post("/api/generate-solution-token",
            "{\"user_email\": \"" + customer + "\", \"solution_id\": \"" + SOLUTION + "\", \"access_tier\": \"" + tier + "\"}",
            "Authorization", "Bearer " + adminKeys().get(0));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return Http.json(answer).required("token").asText();
    }

    HttpResponse<String> validate(int number, String token) throws IOException, InterruptedException {
        return http(number).post("/api/validate-solution-token",
            "{\"token\": \"" + token + "\", \"solution_id\": \"" + SOLUTION + "\"}");
    }

    /** What is left as this node sees it; takes nothing. */
    int remaining(int number, String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = http(number).post("/api/validate-solution-token",
            "{\"token\": \"" + token + "\", \"solution_id\": \"" + SOLUTION + "\", \"check_only\": true}");
        return Http.json(answer).required("quota_remaining").asInt();
    }

    /** Ends the server process itself, as a crash does. */
    void kill(int number) throws Exception {
        ProcessHandle server = server(number);
        server.destroyForcibly();
        server.onExit().get(STOP_SECONDS, SECONDS);
    }

    /** Starts a node again that has ended, in the way the output of the others says. */
    void startAgain(int number) throws Exception {
        Path said = data.resolveSibling("node-" + number + ".out");
        Process node = RunScript.builder(environment, "--data", data.toString(), "--node", "" + number)
            .redirectOutput(said.toFile()).start();
        joined.put(number, node);
        RunScript.awaitOutput(node, said, "Ctrl-C stops it", START_SECONDS + MORE_SECONDS);
        awaitSolution(number);
    }

    /** The solutions come at a time of their own; {@code ./run} does not wait for them without end. */
    private void awaitSolution(int number) throws InterruptedException {
        http(number).awaitStatus("/solutions/" + SOLUTION + "/search", 200);
    }

    /** Stops a node that was started again, in order. */
    void stopJoined(int number) throws InterruptedException {
        Process node = joined.get(number);
        node.destroy();
        assertThat(node.waitFor(STOP_SECONDS, SECONDS)).as("node %d stops", number).isTrue();
        assertThat(node.exitValue()).isZero();
    }

    /** A command on the console of a node. */
    String console(int number, String... command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--data", data.resolve("node-" + number).toString(), "console"));
        arguments.addAll(List.of(command));
        RunScript.Ended answer = RunScript.run(arguments.toArray(String[]::new));
        assertThat(answer.code()).as(answer.output()).isZero();
        return answer.output();
    }

    /** Process of the server of a node. */
    ProcessHandle server(int number) throws IOException {
        long pid = Long.parseLong(Files.readString(data.resolve("node-" + number + "/karaf.pid")).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("node " + number + " does not run"));
    }

    boolean listens(int number) {
        return !Ports.isFree(port + number - 1);
    }

    /** Stops all that {@code ./run --nodes} started. Returns its exit code. */
    int stopAll() throws InterruptedException {
        all.destroy();
        assertThat(all.waitFor(STOP_SECONDS, SECONDS)).as("all nodes stop").isTrue();
        return all.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        for (Process node : joined.values()) {
            node.destroy();
            node.waitFor(STOP_SECONDS, SECONDS);
        }
        List<ProcessHandle> descendants = all.descendants().toList();
        all.destroy();
        all.waitFor(STOP_SECONDS, SECONDS);
        all.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : descendants) { // who still writes would do so while the data are deleted
            each.onExit().join();
        }
    }
}
