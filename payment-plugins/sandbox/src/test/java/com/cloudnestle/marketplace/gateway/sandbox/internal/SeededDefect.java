package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.PatchedClasses;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import java.nio.file.Path;
import java.time.InstantSource;

/** Mistakes a gateway could make. Each is made in the sandbox gateway, and a case of the kit must fail for it. */
enum SeededDefect {
    OTHER_AMOUNT_UNDER_THE_SAME_KEY_TAKEN("SandboxGateway", "if (!amount(order).equals(request.amount())) {", "if (keys == null) {",
            "a payment opened again for another amount is not the earlier one"),
    ANSWERS_TAKEN_FOR_WHAT_WAS_ASKED("SandboxGateway",
            "        sameAs(\"key\", order, expected.paymentId());\n        if (expected.providerOrderId().isPresent()) {\n"
                    + "            sameAs(\"id\", order, expected.providerOrderId().get());\n        }\n",
            "        expected.providerOrderId().ifPresent(id -> ((ObjectNode) order).put(\"id\", id));\n",
            "an answer about another payment is not taken for the payment"),
    AMOUNT_OF_OUR_OWN_RECORD_TOLD("SandboxGateway", "Money amount = amount(order);\n        return new PaymentSnapshot(",
            "Money amount = expected.amount();\n        return new PaymentSnapshot(",
            "a payment of less than was asked for shows what was paid"),
    CURRENCY_NOT_READ("SandboxGateway", "return new Money(minor.longValue(), document.path(\"currency\").asText());",
            "return new Money(minor.longValue(), \"INR\");", "a payment in another currency shows what was paid"),
    NEW_STATE_IS_A_FAILURE("SandboxGateway", "default -> PaymentSnapshot.State.UNKNOWN;", "default -> PaymentSnapshot.State.FAILED;",
            "a question met by UNKNOWN_STATE is not taken for an answer"),
    NEW_STATE_IS_A_SUCCESS("SandboxGateway", "default -> PaymentSnapshot.State.UNKNOWN;", "default -> PaymentSnapshot.State.CAPTURED;",
            "a question met by UNKNOWN_STATE is not taken for an answer"),
    PROMISE_IS_A_FAILURE("SandboxGateway", "PaymentSnapshot.State.AUTHORIZED", "PaymentSnapshot.State.FAILED",
            "money that is only promised is not told as failed"),
    FAILURE_IS_A_SUCCESS("SandboxGateway", "case \"failed\" -> PaymentSnapshot.State.FAILED;",
            "case \"failed\" -> PaymentSnapshot.State.CAPTURED;", "a payment that failed is not captured"),
    WAITING_IS_A_SUCCESS("SandboxGateway", "case \"open\" -> PaymentSnapshot.State.CREATED;",
            "case \"open\" -> PaymentSnapshot.State.CAPTURED;", "an opened payment waits for the buyer, and the browser learns no secret"),
    TIME_NEVER_OVER("SandboxGateway", "PaymentSnapshot.State.EXPIRED", "PaymentSnapshot.State.PENDING",
            "a payment that nobody paid in time is over"),
    OTHER_MERCHANT_NOT_NOTICED("SandboxGateway", "if (!keys.account().equals(document.path(\"account\").asText())) {",
            "if (((ObjectNode) document).put(\"account\", keys.account()) == null) {",
            "an answer about another merchant is not taken for the payment"),
    BROWSER_BELIEVED("SandboxGateway", "return fetchPayment(expected);\n",
            "PaymentSnapshot asked = fetchPayment(expected);\n        return proof.parameters().isEmpty() ? asked : new PaymentSnapshot("
                    + "asked.paymentId(), asked.providerOrderId(), Optional.of(\"sbp\"), PaymentSnapshot.State.CAPTURED, asked.amount(), "
                    + "asked.account(), asked.refunded(), asked.fee(), asked.method(), \"\");\n",
            "a forged return proves nothing"),
    REFUND_DONE_WHEN_ASKED_FOR("SandboxGateway", "default -> RefundSnapshot.State.PENDING;", "default -> RefundSnapshot.State.PROCESSED;",
            "a refund that waits is not told as done"),
    FAILED_REFUND_WAITS_FOR_EVER("SandboxGateway", "case \"failed\" -> RefundSnapshot.State.FAILED;", "",
            "a refund that failed is told as failed"),
    ALL_IS_GIVEN_BACK("SandboxGateway", ".put(\"amount\", request.amount().minor());\n        return snapshot",
            ".put(\"amount\", request.payment().amount().minor());\n        return snapshot",
            "a payment can be given back in parts, or that is refused"),
    REFUND_KEY_NEW_EACH_TIME("SandboxGateway", "createObjectNode().put(\"key\", request.refundId())",
            "createObjectNode().put(\"key\", request.refundId() + Keys.random().substring(0, 4))",
            "a refund asked for twice is made once"),
    LIMITS_LEFT_TO_THE_PROVIDER("SandboxGateway", "if (!CAPABILITIES.takes(request.amount())) {", "if (keys == null) {",
            "the smallest amount can be paid, and what is below it is refused"),
    FAILURE_TOLD_AS_FINAL("SandboxGateway", "Mode.TEST, true, false, List.of(), 1)", "Mode.TEST, true, true, List.of(), 1)",
            "a payment that succeeds after it failed is seen"),
    SECRET_IN_AN_ADDRESS("SandboxGateway", "resolve(PAGES + text(order, \"id\"))", "resolve(PAGES + text(order, \"id\") + \"?k=\" + keys.api())",
            "an opened payment waits for the buyer, and the browser learns no secret"),
    BUYER_IN_MESSAGES("SandboxGateway", "\"it does not take \" + request.amount()", "\"it does not take this of \" + request.email()",
            "currencies it does not take are refused"),
    SECRET_IN_TEXT("SandboxGateway", "@Override\n    public String id() {",
            "@Override\n    public String toString() {\n        return \"to \" + keys.notices();\n    }\n\n    @Override\n    public String id() {",
            "its id fits addresses and its account is named"),
    SICK_WITHOUT_NEED("SandboxGateway", "return GatewayHealth.healthy();", "return GatewayHealth.failing(\"always\");",
            "it tells its health within two seconds, also when the provider is away"),
    LOST_REPLY_IS_NO_CONTACT("Replies", "throw unknown(\"the connection ended without an answer\");",
            "throw new GatewayException(Kind.NOT_CONTACTED, \"gone\");", "an opening whose reply is lost leaves one payment that is found"),
    ERROR_OF_THE_PROVIDER_IS_FINAL("Replies", "if (status < 400 || status >= 500) {", "if (status < 400) {",
            "a refund that is answered by an error is made once and found"),
    GARBAGE_IS_A_BUG_OF_OURS("Replies", "return null;\n", "throw new IllegalStateException(e);\n",
            "a question that is answered by garbage is not taken for an answer"),
    GARBAGE_IS_NOTHING_FOUND("Replies", "throw unknown(\"the answer with status \" + status + \" is no document\");",
            "throw new GatewayException(Kind.NOT_FOUND, \"nothing\");", "a question that is answered by garbage is not taken for an answer"),
    EMPTY_ANSWER_IS_A_MISTAKE_OF_OURS("Replies", "throw unknown(\"the answer with status \" + status + \" is no document\");",
            "throw new GatewayException(Kind.INVALID_REQUEST, \"nothing\");", "an opening that is answered by nothing leaves one payment that is found"),
    TOO_MANY_IS_A_MISTAKE_OF_OURS("Replies", "if (status == 429) {", "if (status == 428) {", "an opening that comes too often is put off"),
    SECONDS_TAKEN_FOR_MILLISECONDS("Replies", "Duration::ofSeconds", "Duration::ofMillis", "an opening that comes too often is put off"),
    REFUSED_KEY_IS_NOTHING_FOUND("Replies", "case 401 -> Kind.AUTHENTICATION;", "case 401 -> Kind.NOT_FOUND;",
            "credentials that are refused are told as such, and work again when they are known"),
    NOTHING_FOUND_IS_UNKNOWN("Replies", "case 404 -> Kind.NOT_FOUND;", "case 404 -> Kind.OUTCOME_UNKNOWN;",
            "a payment the provider never heard of is not found"),
    TOO_LARGE_A_REFUND_ASKED_FOR_AGAIN("Replies", "code.equals(\"REFUND_TOO_LARGE\") ? Kind.LIMIT", "code.equals(\"REFUND_TOO_LARGE\") ? Kind.OUTCOME_UNKNOWN",
            "more than was paid is never given back"),
    INTERRUPT_SWALLOWED("Replies", "try {\n            return understood", "Thread.interrupted();\n        try {\n            return understood",
            "an interrupted opening ends in order"),
    UNKNOWN_IS_NEVER_ASKED_AGAIN("Replies", "return new GatewayException(Kind.OUTCOME_UNKNOWN, \"\", message, null);",
            "return new GatewayException(Kind.OUTCOME_UNKNOWN, GatewayException.Retry.NEVER, \"\", message, null, null);",
            "an opening whose reply is lost leaves one payment that is found"),
    SIGNATURE_NOT_CHECKED("Notes", "!genuine(signatures.get(0), webhook.body())", "keys == null", "the notification of a stranger is not taken"),
    FIRST_OF_TWO_SIGNATURES_TAKEN("Notes", "signatures.size() > 1 || ", "", "a notification with two signatures is not taken"),
    SIGNATURE_OF_THE_TEXT("Notes", "byte[] right = signature(secret, body)",
            "byte[] right = signature(secret, new String(body, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8))",
            "a notification written anew is not taken"),
    SIGNATURE_ONLY_BEGINS_RIGHT("Notes", "MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))",
            "signature.startsWith(new String(right, StandardCharsets.US_ASCII))", "a notification with half a signature is not taken"),
    HALF_A_SIGNATURE_COMPARED("Notes", "MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))",
            "signature.regionMatches(0, new String(right, StandardCharsets.US_ASCII), 0, 20)",
            "a notification with half a signature is not taken"),
    SIGNATURE_OF_THE_HEAD_ONLY("Notes", "return Bytes.signature(secret.getBytes(StandardCharsets.US_ASCII), body);",
            "return Bytes.signature(secret.getBytes(StandardCharsets.US_ASCII), java.util.Arrays.copyOf(body, Math.min(body.length, 40)));",
            "a notification with one byte changed is not taken"),
    SECRET_OF_CALLS_TAKEN("Notes", "for (String secret : keys.notices()) {",
            "for (String secret : List.of(keys.notices().get(0), keys.notices().get(1), keys.api())) {",
            "the secret of calls is none of notifications"),
    SECRET_OF_BEFORE_FORGOTTEN("Notes", "for (String secret : keys.notices()) {", "for (String secret : keys.notices().subList(0, 1)) {",
            "the secret of before is still taken"),
    MERCHANT_NOT_COMPARED("Notes", "if (!note.path(\"account\").asText().equals(keys.account())) {", "if (keys == null) {",
            "a notification that names another merchant is not taken"),
    JUNK_THROWS("Notes", "return new WebhookResult.Rejected(\"the body is no document\");", "throw new IllegalStateException(e);",
            "junk is refused in order, with and without a signature"),
    LONG_NAMES_THROW("Notes", "event.matches(\"[a-z.]{1,60}\") ? event : \"unknown\",\n                subject == Subject.OTHER ? keysOfIt.subList(0, 1) : keysOfIt",
            "event, List.of(\"what:\" + what.substring(0, 1 + what.indexOf('\\n')))",
            "junk inside a signed notification does no harm"),
    DUPLICATES_TOLD_BY_A_HEADER("Notes", "return about(Desk.JSON.readTree(webhook.body()), webhook.body());",
            "WebhookResult result = about(Desk.JSON.readTree(webhook.body()), webhook.body());\n"
                    + "            return result instanceof WebhookResult.Accepted a ? new WebhookResult.Accepted(a.trust(), a.subject(), a.event(), "
                    + "webhook.header(EVENT), a.paymentId(), a.providerOrderId(), a.refundId(), a.providerRefundId()) : result;",
            "a notification with other headers around its signature shares a key with the first"),
    ONE_NOTIFICATION_PER_ORDER("Notes", "String what = String.join(\"\\n\", event, id(order, \"id\"), order.path(\"state\").asText(), "
            + "order.path(\"payment\").asText(),\n                id(refund, \"id\"), refund.path(\"state\").asText());",
            "String what = id(order, \"id\");", "a success after a failure is no duplicate of it"),
    ONE_NOTIFICATION_PER_EVENT("Notes", "String what = String.join(\"\\n\", event, id(order, \"id\"), order.path(\"state\").asText(), "
            + "order.path(\"payment\").asText(),\n                id(refund, \"id\"), refund.path(\"state\").asText());",
            "String what = event;", "notifications of two payments are no duplicates of one another"),
    REFUND_TAKEN_FOR_A_PAYMENT("Notes", "Subject subject = refunds ? Subject.REFUND", "Subject subject = refunds ? Subject.PAYMENT",
            "the notification of a refund names the refund"),
    PAYMENT_NOT_NAMED("Notes", "known(payments || refunds, order, \"key\"),\n                known(payments || refunds, order, \"id\")",
            "Optional.empty(), Optional.empty()", "the notification of a success names the payment"),
    BYTES_SPOILT("Notes", "String event = note.path(\"event\").asText();", "String event = note.path(\"event\").asText();\n        body[0] = ' ';",
            "the bytes of a notification are left as they are"),
    KEYS_CHANGE_WITH_TIME("Notes", "return about(Desk.JSON.readTree(webhook.body()), webhook.body());",
            "return about(Desk.JSON.readTree(webhook.body()), webhook.receivedAt().toString().getBytes(StandardCharsets.UTF_8));",
            "a notification that comes again has the same keys"),
    ONE_ENGINE_FOR_ALL_THREADS("Bytes", "Mac mac = Mac.getInstance(\"HmacSHA256\");",
            "Mac mac = (Mac) System.getProperties().computeIfAbsent(\"sandbox.mac\", name -> {\n                try {\n"
                    + "                    return Mac.getInstance(\"HmacSHA256\");\n                } catch (GeneralSecurityException e) {\n"
                    + "                    throw new IllegalStateException(e);\n                }\n            });",
            "genuine and forged ones at the same time are not mixed up");

    private static final String PACKAGE = SeededDefect.class.getPackageName() + ".";
    private static final Path SOURCES = Path.of("src/main/java");

    private final String file;
    private final String search;
    private final String replacement;
    private final String found;

    SeededDefect(String file, String search, String replacement, String found) {
        this.file = file;
        this.search = search;
        this.replacement = replacement;
        this.found = found;
    }

    /** The case that must fail. */
    String found() {
        return found;
    }

    /** A lab around a gateway with this mistake in it. */
    GatewayLab lab(ManualClock clock) throws ReflectiveOperationException {
        return (GatewayLab) PatchedClasses.of(SOURCES, PACKAGE + file, search, replacement).loadClass(PACKAGE + "SandboxLab")
                .getConstructor(InstantSource.class).newInstance(clock);
    }
}
