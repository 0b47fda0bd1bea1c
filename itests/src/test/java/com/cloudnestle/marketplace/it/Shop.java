package com.cloudnestle.marketplace.it;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.RazorpayServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** A marketplace that sells by Razorpay, and the Razorpay of the contract tests beside it, which survives it. */
final class Shop implements AutoCloseable {
    static final String SOLUTION = "aws-solution-finder";

    private static final RazorpayServer.Account ACCOUNT = new RazorpayServer.Account(
        "acc_Webhooks000001", "rzp_test_webhooks0001", "key-secret-of-the-tests", "webhook-secret-of-the-tests");
    private static final ObjectMapper JSON = new ObjectMapper();

    final Server server;
    final RazorpayServer razorpay = new RazorpayServer(ACCOUNT, Clock.systemUTC(), 0, null);

    private Shop(Server server) {
        this.server = server;
    }

    /** Its visitors are believed where they come from: each has a network of his own. */
    static Shop open(Distribution distribution, Path javaHome, Path directory) throws Exception {
        Path data = Distribution.ownedDirectory(directory.resolve("data of a shop"));
        Shop shop = new Shop(new Server(distribution, javaHome, data));
        try {
            Path etc = Distribution.ownedDirectory(data.resolve("etc"));
            String name = "com.cloudnestle.marketplace.";
            Files.writeString(etc.resolve(name + "edge.cfg"), "trusted_proxies = 127.0.0.1\n");
            Files.writeString(etc.resolve(name + "payment.cfg"), """
                seller.country = IN
                seller.state = 29
                tax.rates = 2017-07-01 IN GST 1800
                checkout.minutes = 60
                """);
            shop.configure(ACCOUNT.webhookSecret(), shop.razorpay.url(), "");
            shop.server.start();
            shop.server.awaitSolutionFinder();
            shop.console("feature:install marketplace-razorpay");
            shop.server.http().await("payments by Razorpay are offered", () -> shop.asked("/api/admin/gateways"),
                answer -> answer.statusCode() == 200 && answer.body().contains("\"gateway\":\"razorpay\"")
                    && answer.body().contains("\"problem\":\"\""));
            return shop;
        } catch (Throwable e) {
            shop.close();
            throw e;
        }
    }

    /** Tells Razorpay's gateway another secret of notifications and another address; the secret before is taken for another hour. */
    void reconfigure(String webhookSecret, String address) throws IOException {
        configure(webhookSecret, address, "previous_webhook_secrets = " + Instant.now().plusSeconds(3600) + "=" + ACCOUNT.webhookSecret() + "\n");
    }

    /** In one move: the server looks for changed files all the time, and half of one would be a configuration, too. */
    private void configure(String webhookSecret, String address, String more) throws IOException {
        Path aside = server.data().resolveSibling("razorpay.cfg");
        Files.writeString(aside, """
            account_id = %s
            key_id = %s
            key_secret = %s
            webhook_secret = %s
            base_url = %s
            connect_timeout_millis = 60000
            request_timeout_millis = 60000
            %s""".formatted(ACCOUNT.id(), ACCOUNT.keyId(), ACCOUNT.keySecret(), webhookSecret, address, more));
        aside.toFile().setReadable(true, false);
        Files.move(aside, server.data().resolve("etc/com.cloudnestle.marketplace.gateway.razorpay-main.cfg"), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private HttpResponse<String> asked(String path) throws IOException, InterruptedException {
        return server.http().get(path, "Authorization", "Bearer " + Server.ADMIN_KEY);
    }

    /** What administrators see of a payment, with all that happened to it. */
    JsonNode payment(String id) throws Exception {
        HttpResponse<String> answer = asked("/api/admin/payments/" + id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer);
    }

    /** The tiers that somebody has of the solution: one, unless something went wrong. */
    List<String> tiers(String customerId) throws Exception {
        HttpResponse<String> answer = asked("/api/user-solutions?customer_id=" + customerId);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(Http.json(answer).required("solutions").spliterator(), false)
            .filter(each -> each.path("solution_id").asText().equals(SOLUTION)).map(each -> each.path("access_tier").asText()).toList();
    }

    /** The book, added up anew. */
    JsonNode book() throws Exception {
        String output = console("market:ledger --check --json");
        return JSON.readTree(output.substring(output.indexOf('{'), output.lastIndexOf('}') + 1));
    }

    String console(String command) throws Exception {
        Server.Ended ended = server.console(command, "-u", "operator", "-p", server.operatorSecret());
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    @Override
    public void close() {
        server.close();
        razorpay.close();
    }
}
