package com.cloudnestle.marketplace.gateway.phonepe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PhonePe's own client for Node.js finds PhonePe where the contract server is. Needs node and npm, as the pages of the marketplace do. */
class OfficialClientTest {

    private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();

    @TempDir
    private Path scratch;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path stamp = FOLDER.resolve("node_modules/.installed-lock");
        String lock = Signatures.sha256(Files.readString(FOLDER.resolve("package-lock.json")));
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(lock)) {
            Path log = Files.createTempFile("npm", ".log");
            assertThat(run(log, List.of("npm", "ci", "--prefer-offline"))).as("npm ci: %s", Files.readString(log)).isZero();
            Files.writeString(stamp, lock);
        }
    }

    private static int run(Path output, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(600, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(output));
        }
        return process.exitValue();
    }

    @Test
    void itPaysAsksRefundsAndReadsNotificationsAsAtPhonePe() throws Exception {
        Merchant merchant = Merchant.lab();
        JsonNode told;
        try (PhonePeServer server = new PhonePeServer(0, merchant, () -> Instant.parse("2026-11-21T06:00:00Z"), false)) {
            Path output = scratch.resolve("told.json");
            int code = run(output, List.of("node", FOLDER.resolve("referee.cjs").toString(), server.base(), merchant.clientId(),
                    merchant.clientSecret(), notification(merchant).toString()));
            assertThat(code).as(Files.readString(output)).isZero();
            told = Faults.parse(Files.readString(output));
        }

        assertThat(told.at("/opened/orderId").asText()).startsWith("OMO");
        assertThat(told.at("/opened/state").asText()).isEqualTo("PENDING");
        assertThat(told.at("/opened/expireAt").asLong()).isEqualTo(Instant.parse("2026-11-21T06:10:00Z").toEpochMilli());
        refused(told.at("/twice"), 417);
        assertThat(told.at("/waiting/state").asText()).isEqualTo("PENDING");
        assertThat(told.at("/waiting/paymentDetails")).isEmpty();
        refused(told.at("/early"), 400);
        assertThat(told.at("/returned").asText()).isEqualTo("https://shop.example.invalid/return");
        assertThat(told.at("/latest/state").asText()).isEqualTo("COMPLETED");
        assertThat(told.at("/latest/amount").asLong()).isEqualTo(117_882);
        assertThat(told.at("/latest/paymentDetails")).hasSize(1);
        assertThat(told.at("/all/paymentDetails")).as("the one mistyped and the one that went through").hasSize(2);
        assertThat(told.at("/refunded/state").asText()).isEqualTo("PENDING");
        assertThat(told.at("/refund/amount").asLong()).isEqualTo(5000);
        assertThat(told.at("/refund/originalMerchantOrderId").asText()).isEqualTo("referee-order-1");
        refused(told.at("/refundTwice"), 417);
        refused(told.at("/refundTooMuch"), 400);
        refused(told.at("/unknown"), 400);
        assertThat(told.at("/callback/payload/state").asText()).isEqualTo("COMPLETED");
        assertThat(told.at("/callback/payload/merchantOrderId").asText()).isEqualTo("pay_1");
        assertThat(told.at("/callbackOfRefund/payload/state").asText()).isEqualTo("COMPLETED");
        assertThat(told.at("/callbackOfRefund/payload/originalMerchantOrderId").asText()).isEqualTo("pay_1");
        assertThat(told.at("/callbackOfRefund/payload/refundId").asText()).startsWith("OMR");
        assertThat(told.at("/failed/state").asText()).isEqualTo("FAILED");
        assertThat(told.at("/failed/errorCode").asText()).as("what is told of a failure").isEqualTo(told.at("/failed/errorContext/errorCode").asText())
                .isNotEmpty();
        assertThat(told.at("/failed/paymentDetails/0/state").asText()).isEqualTo("FAILED");
        assertThat(told.at("/failed/paymentDetails/0/transactionId").asText()).isNotEmpty();
        assertThat(told.at("/forged/refused").asBoolean()).isTrue();
    }

    private static void refused(JsonNode outcome, int status) {
        assertThat(outcome.path("refused").asBoolean()).as("%s", outcome).isTrue();
        assertThat(outcome.path("status").asInt()).as("%s", outcome).isEqualTo(status);
    }

    /** As the server would send it. */
    private Path notification(Merchant merchant) throws IOException {
        try (PhonePeServer server = new PhonePeServer(0, merchant, () -> Instant.EPOCH, false)) {
            Order order = server.book().add(new Order("pay_1", "OMO1", "t1", 100, 0, "https://shop.example.invalid", Reply.object(),
                    Optional.empty(), false));
            server.book().pay(order, 100, "");
            server.book().settle(server.book().refund("rfd_1", order, 100).orElseThrow(), true);
            Notification paid = server.notifications("pay_1").get(0);
            return Files.writeString(scratch.resolve("notification.json"), Reply.object()
                    .put("username", merchant.webhookUsername()).put("password", merchant.webhookPassword())
                    .put("authorization", paid.headers().get("authorization"))
                    .put("body", new String(paid.body(), StandardCharsets.UTF_8))
                    .put("bodyOfRefund", new String(server.notifications("pay_1").get(1).body(), StandardCharsets.UTF_8)).toString());
        }
    }
}
