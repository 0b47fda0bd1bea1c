package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.gateway.phonepe.server.Fault;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders of Standard Checkout v2: how they are opened and asked for. */
class CheckoutTest {

    private final Rig rig = Rig.v2();

    @AfterEach
    void close() {
        rig.close();
    }

    private JsonNode sent() {
        return Answer.parse(rig.server.asked("/checkout/v2/pay").get(0).body()).orElseThrow();
    }

    private GatewayException refused(CheckoutRequest request) {
        return catchThrowableOfType(GatewayException.class, () -> rig.gateway.createCheckout(request));
    }

    @Test
    void anOrderSaysAllThatTheContractAsksForAndNamesNoPerson() throws GatewayException {
        CheckoutRequest request = rig.request();

        Checkout checkout = rig.gateway.createCheckout(request);

        JsonNode sent = sent();
        assertThat(sent.path("merchantOrderId").asText()).isEqualTo(request.paymentId());
        assertThat(sent.path("amount").asLong()).isEqualTo(117_882);
        assertThat(sent.path("expireAfter").asLong()).as("its default is not relied on").isEqualTo(900);
        assertThat(sent.path("metaInfo").path("udf1").asText()).isEqualTo("cus_1");
        assertThat(sent.path("paymentFlow").path("type").asText()).isEqualTo("PG_CHECKOUT");
        assertThat(sent.path("paymentFlow").path("merchantUrls").path("redirectUrl").asText()).isEqualTo(request.returnUrl().toString());
        assertThat(sent.toString()).doesNotContain("buyer@example.invalid").doesNotContain("Asha");
        assertThat(rig.server.asked("/checkout/v2/pay").get(0).header("authorization")).startsWith("O-Bearer ");
        assertThat(checkout.expiresAt()).isEqualTo(Rig.START.plusSeconds(900));
        assertThat(checkout.action()).isInstanceOf(Checkout.Redirect.class);
    }

    @ParameterizedTest
    @CsvSource({"PT1M,300", "PT5M,300", "PT20M,1200", "PT60M,3600", "PT48H,3600"})
    void theTimeToPayStaysWithinWhatPhonePeTakes(String wanted, long seconds) throws GatewayException {
        CheckoutRequest plain = rig.request();
        rig.gateway.createCheckout(new CheckoutRequest(plain.paymentId(), plain.amount(), plain.description(), plain.customerId(),
                plain.email(), plain.buyerName(), plain.returnUrl(), rig.clock.instant().plus(Duration.parse(wanted))));

        assertThat(sent().path("expireAfter").asLong()).isEqualTo(seconds);
    }

    @Test
    void thePageOpensByScriptWhereSoConfigured() throws GatewayException {
        try (Rig scripted = Rig.v2(Map.of("checkout", "script", "script_url", "http://127.0.0.1:1/checkout.js",
                "script_origins", "http://127.0.0.1:2"))) {
            Checkout.Script script = (Checkout.Script) scripted.gateway.createCheckout(scripted.request()).action();

            assertThat(script.source()).isEqualTo(URI.create("http://127.0.0.1:1/checkout.js"));
            assertThat(script.parameters().get("token_url")).startsWith(scripted.server.base() + "/transact/");
            assertThat(scripted.gateway.capabilities().scriptOrigins()).containsExactly("http://127.0.0.1:1", "http://127.0.0.1:2");
            assertThat(getClass().getResource("/checkout/" + script.starter())).isNotNull();
        }
        assertThat(rig.gateway.capabilities().scriptOrigins()).isEmpty();
    }

    @Test
    void anOpeningWhoseReplyIsLostIsLookedForAndNotMadeAgain() throws GatewayException { // 36
        CheckoutRequest request = rig.request();
        rig.server.disturb(Fault.REPLY_LOST, 1, asked -> asked.path().equals("/checkout/v2/pay"));

        GatewayException lost = refused(request);

        assertThat(lost.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(lost.retry()).isEqualTo(Retry.AFTER_STATUS_CHECK);
        assertThat(rig.server.asked("/checkout/v2/pay")).as("sent once").hasSize(1);
        assertThat(rig.gateway.fetchPayment(rig.expected(request)).state()).isEqualTo(State.CREATED);
        assertThat(refused(request).kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(rig.levers.orders(request.paymentId())).isEqualTo(1);
    }

    @Test
    void anOpeningThatTimesOutIsNotMadeAgain() {
        try (Rig impatient = Rig.impatient(Map.of(), sound -> sound)) {
            impatient.silent = true;
            impatient.server.disturb(Fault.SILENCE, 1, asked -> asked.path().equals("/checkout/v2/pay"));

            assertThat(catchThrowableOfType(GatewayException.class, () -> impatient.gateway.createCheckout(impatient.request())).kind())
                    .isEqualTo(Kind.OUTCOME_UNKNOWN);
            assertThat(impatient.server.asked("/checkout/v2/pay")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"ERROR_AFTER", "ERROR_BEFORE", "BAD_PROXY", "GARBAGE", "EMPTY", "CUT_SHORT"})
    void answersThatAreNoDocumentSayNothingAboutTheOutcome(Fault fault) { // 43
        rig.server.disturb(fault, 1, asked -> asked.path().equals("/checkout/v2/pay"));

        GatewayException refused = refused(rig.request());

        assertThat(refused.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(refused.getMessage()).doesNotContain("html").doesNotContain("R999");
        assertThat(rig.server.asked("/checkout/v2/pay")).hasSize(1);
    }

    @Test
    void aQuestionIsAskedAgainWhereTheAnswerWasAnErrorAndAnOrderIsNot() throws GatewayException { // 42
        Expected paid = rig.paid();
        rig.server.disturb(Fault.ERROR_BEFORE, 2, asked -> asked.method().equals("GET"));

        assertThat(rig.gateway.fetchPayment(paid).state()).isEqualTo(State.CAPTURED);
        assertThat(rig.server.asked("/checkout/v2/order/")).hasSize(3);

        rig.server.disturb(Fault.ERROR_BEFORE, 1, asked -> asked.path().equals("/checkout/v2/pay"));
        assertThat(refused(rig.request()).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(rig.server.asked("/checkout/v2/pay")).hasSize(2);

        rig.server.disturb(Fault.TOO_MANY, 100, asked -> true);
        GatewayException limited = refused(rig.request());
        assertThat(limited.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(rig.server.asked("/checkout/v2/pay")).hasSize(3);
    }

    @Test
    void statesAndMembersThatNobodyDocumentedDoNotDisturb() throws GatewayException { // 44
        Expected paid = rig.paid();
        rig.server.disturb(Fault.UNKNOWN_MEMBERS, 1, asked -> true);
        assertThat(rig.gateway.fetchPayment(paid).state()).isEqualTo(State.CAPTURED);

        rig.server.disturb(Fault.UNKNOWN_STATE, 1, asked -> true);
        assertThat(rig.gateway.fetchPayment(paid).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void credentialsFollowNoRedirect() { // 46
        rig.server.disturb(Fault.REDIRECT, 100, asked -> true);

        assertThat(refused(rig.request()).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(rig.server.strayed()).isZero();
    }

    @Test
    void keysThatDoNotFitTheProviderAreRefusedHere() { // 48
        for (String key : new String[] {"", "../v1/x", "a b", "a/b", "a?b", "ä", "x".repeat(64)}) {
            Expected odd = new Expected(key, Optional.empty(), Optional.empty(), Rig.rupees(100), "cus_1", Rig.START, Rig.START);
            GatewayException refused = catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchPayment(odd));
            assertThat(refused.kind()).as(key).isEqualTo(Kind.INVALID_REQUEST);
        }
        assertThat(rig.server.asked("/")).as("nothing was sent").isEmpty();
    }

    @Test
    void theLongestKeyIsTaken() throws GatewayException { // 48
        Expected longest = rig.opened(rig.request("_-" + "K".repeat(32), Rig.rupees(100)));

        assertThat(rig.gateway.fetchPayment(longest).paymentId()).isEqualTo(longest.paymentId());
    }

    @Test
    void amountsAndCurrenciesThatPhonePeDoesNotTakeAreRefusedHere() {
        assertThat(refused(rig.request("pay_a", Rig.rupees(99))).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused(rig.request("pay_b", new Money(10_000, "USD"))).kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(refused(rig.request("pay_c", Rig.rupees(50_000_001))).kind()).isEqualTo(Kind.LIMIT);
        assertThat(rig.server.asked("/")).isEmpty();
    }

    @Test
    void theStateOfAnOrderFollowsTheBuyer() throws GatewayException {
        Expected order = rig.opened();
        assertThat(rig.gateway.fetchPayment(order).state()).isEqualTo(State.CREATED);

        rig.levers.attempt(order.paymentId());
        PaymentSnapshot tried = rig.gateway.fetchPayment(order);
        assertThat(tried.state()).as("a failed attempt is not the end of the order").isEqualTo(State.PENDING);
        assertThat(tried.failure()).isEqualTo("INVALID_MPIN/ZM");

        rig.levers.pay(order.paymentId());
        PaymentSnapshot paid = rig.gateway.fetchPayment(order);
        assertThat(paid.state()).isEqualTo(State.CAPTURED);
        assertThat(paid.amount()).isEqualTo(order.amount());
        assertThat(paid.account()).contains("MLAB");
        assertThat(paid.providerPaymentId()).isPresent().isNotEqualTo(tried.providerPaymentId());
        assertThat(paid.method()).isEqualTo("UPI");
        assertThat(paid.failure()).isEmpty();
        assertThat(paid.fee()).contains(Rig.rupees(0));
    }

    @Test
    void failureAndTheEndOfTimeAreToldApart() throws GatewayException {
        Expected failed = rig.opened();
        rig.levers.fail(failed.paymentId());
        PaymentSnapshot snapshot = rig.gateway.fetchPayment(failed);
        assertThat(snapshot.state()).isEqualTo(State.FAILED);
        assertThat(snapshot.failure()).isEqualTo("INSUFFICIENT_FUNDS/Z9");

        Expected expired = rig.opened();
        rig.levers.expire(expired.paymentId());
        assertThat(rig.gateway.fetchPayment(expired).state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void theOrderOfAnotherPaymentPaysNothing() throws GatewayException { // 20
        Expected older = rig.opened(rig.request("pay_older", Rig.rupees(100)));
        rig.levers.pay("pay_older");
        Expected open = rig.opened();
        Expected mixed = new Expected(open.paymentId(), older.providerOrderId(), Optional.empty(), open.amount(), open.customerId(),
                open.createdAt(), open.expiresAt());
        ReturnProof words = new ReturnProof(Map.of("merchantOrderId", "pay_older", "outcome", "CONCLUDED"));

        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchPayment(mixed)).kind()).isEqualTo(Kind.MISMATCH);
        assertThat(rig.gateway.verifyReturn(words, open).state()).as("what a browser says is nothing").isEqualTo(State.CREATED);
    }

    @Test
    void anAnswerAboutAnotherOrderIsAMismatchEvenWhereOnlyOurKeyIsKnown() throws GatewayException {
        Expected paid = rig.paid();
        Expected ourKeyOnly = new Expected(paid.paymentId(), Optional.empty(), Optional.empty(), paid.amount(), paid.customerId(),
                paid.createdAt(), paid.expiresAt());
        rig.server.disturb(Fault.OTHER_PAYMENT, 1, asked -> true);

        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchPayment(ourKeyOnly)).kind()).isEqualTo(Kind.MISMATCH);
    }

    @Test
    void anAnswerOfAnotherMerchantIsAMismatch() throws GatewayException { // 16
        Expected paid = rig.paid();
        rig.server.disturb(Fault.OTHER_ACCOUNT, 1, asked -> true);

        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchPayment(paid)).kind()).isEqualTo(Kind.MISMATCH);
    }

    @Test
    void anotherAmountIsToldInTheProvidersWords() throws GatewayException {
        Expected less = rig.opened();
        rig.levers.payOther(less.paymentId(), -1, "");
        Expected dollars = rig.opened();
        rig.levers.payOther(dollars.paymentId(), 0, "USD");

        assertThat(rig.gateway.fetchPayment(less).amount()).isEqualTo(Rig.rupees(117_881));
        assertThat(rig.gateway.fetchPayment(dollars).amount().currency()).isEqualTo("USD");
    }

    /** Shapes that the contract server does not make by itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"orderId":"O1","state":"COMPLETED","amount":117882,"feeAmount":null,"paymentDetails":null,"currency":null,"metaInfo":[]} | CAPTURED
            {"orderId":"O1","state":"PENDING","amount":117882,"paymentDetails":[null,{"transactionId":null}],"errorContext":"?"}       | PENDING
            {"orderId":"O1","state":null,"amount":117882}                                                                            | UNKNOWN
            {"orderId":"O1","state":"FAILED","amount":117882,"errorContext":{"errorCode":"PAYMENT_ERROR","detailedErrorCode":"XC"}}    | FAILED
            {"orderId":"O1","state":"FAILED","amount":117882,"paymentDetails":[]}                                                     | EXPIRED
            {"orderId":"O1","state":"COMPLETED"}                                                                                     | -
            {"orderId":"O1","state":"COMPLETED","amount":"117882"}                                                                   | -
            {"orderId":"O1","state":"COMPLETED","amount":1.5}                                                                        | -
            {"state":"COMPLETED","amount":117882}                                                                                    | -
            """)
    void oddShapesOfAnswersAreReadOrToldAsUnknown(String body, String expected) throws GatewayException { // 45
        Transport provider = request -> new Answer(200, request.uri().getPath().endsWith("/token")
                ? "{\"access_token\":\"t\",\"expires_in\":100}" : body, Optional.empty());
        try (Rig odd = new Rig(Map.of(), sound -> provider)) {
            Expected payment = odd.expected(odd.request());
            if (expected.equals("-")) {
                assertThat(catchThrowableOfType(GatewayException.class, () -> odd.gateway.fetchPayment(payment)).kind())
                        .isEqualTo(Kind.OUTCOME_UNKNOWN);
            } else {
                PaymentSnapshot snapshot = odd.gateway.fetchPayment(payment);
                assertThat(snapshot.state()).isEqualTo(State.valueOf(expected));
                assertThat(snapshot.fee()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"javascript:alert(1)", "/transact/1", "http://elsewhere.invalid", "''"})
    void inProductionOnlyPagesOfHttpsAreOpened(String page) {
        Transport provider = request -> new Answer(200, request.uri().getPath().endsWith("/token")
                ? "{\"access_token\":\"t\",\"expires_in\":100}"
                : "{\"orderId\":\"O1\",\"state\":\"PENDING\",\"redirectUrl\":\"" + page + "\"}", Optional.empty());
        try (Rig live = new Rig(Map.of("environment", "production", "pg_base_url", "https://pg.invalid", "oauth_base_url",
                "https://oauth.invalid"), sound -> provider)) {
            assertThat(catchThrowableOfType(GatewayException.class, () -> live.gateway.createCheckout(live.request())).kind())
                    .isEqualTo(Kind.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Expected never = new Expected("pay_never", Optional.empty(), Optional.empty(), Rig.rupees(100), "cus_1", Instant.EPOCH, Instant.EPOCH);

        assertThat(catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchPayment(never)).kind()).isEqualTo(Kind.NOT_FOUND);
    }
}
