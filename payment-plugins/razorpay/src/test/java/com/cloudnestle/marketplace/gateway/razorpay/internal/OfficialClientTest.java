package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Razorpay's own Node library judges the contract server, and signatures made here. Needs node and npm. */
class OfficialClientTest {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(present("node") && present("npm"), "node and npm are not on the path: Razorpay's own client is not tried");
        Files.createDirectories(FOLDER);
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(Path.of("src/main/resources/checkout/razorpay.js"), FOLDER.resolve("razorpay.mjs"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(run(600, "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund")).contains("added");
    }

    private static boolean present(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static String run(int seconds, String... command) throws IOException, InterruptedException {
        Path output = FOLDER.resolve("output.txt");
        Process process = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("%s ends", List.of(command)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as("%s says%n%s", List.of(command), text).isZero();
        return text;
    }

    @Test
    void itWorksWithTheContractServerAsWithRazorpay() throws Exception {
        try (Workbench bench = new Workbench()) {
            assertThat(run(60, "node", "client.cjs", bench.server.url(), Workbench.KEY_ID, Workbench.KEY_SECRET))
                    .contains("the official client agrees");
        }
    }

    @Test
    void itTakesSignaturesOfTheServerAndOfOurs() throws Exception {
        try (Workbench bench = new Workbench()) {
            Expected expected = opened(bench);
            String order = expected.providerOrderId().orElseThrow();
            bench.server.levers().pay(expected.paymentId());
            ObjectNode input = new ObjectMapper().createObjectNode().put("secret", Workbench.WEBHOOK_SECRET).put("keySecret", Workbench.KEY_SECRET);
            ArrayNode webhooks = input.putArray("webhooks");
            bench.server.notifications().about(order).forEach(each -> webhooks.addObject()
                    .put("body", new String(each.body(), StandardCharsets.UTF_8)).put("signature", Signatures.sign(each.body(), Workbench.WEBHOOK_SECRET)));
            ArrayNode proofs = input.putArray("proofs");
            proofs.addObject().put("signature", Signatures.ofOrder(order, "pay_1", Workbench.KEY_SECRET))
                    .putObject("signed").put("order_id", order).put("payment_id", "pay_1");
            proofs.addObject().put("signature", Signatures.ofSubscription("pay_1", "sub_1", Workbench.KEY_SECRET))
                    .putObject("signed").put("subscription_id", "sub_1").put("payment_id", "pay_1");
            proofs.addObject().put("signature", Signatures.ofLink("plink_1", "r-1", "paid", "pay_1", Workbench.KEY_SECRET))
                    .putObject("signed").put("payment_link_id", "plink_1").put("payment_link_reference_id", "r-1")
                    .put("payment_link_status", "paid").put("payment_id", "pay_1");
            Files.writeString(FOLDER.resolve("signatures.json"), input.toString());

            assertThat(run(60, "node", "verify.cjs", "signatures.json")).contains("3 webhooks and 3 proofs verified");
        }
    }

    private static Expected opened(Workbench bench) throws GatewayException {
        return bench.open("pay_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    }

    @Test
    void theStarterOfTheCheckoutPageTellsOnceWhatProvesThePayment() throws Exception {
        assertThat(run(60, "node", "starter.mjs", "razorpay.mjs")).contains("the starter works");
    }
}
