package com.cloudnestle.marketplace.dynamodb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CREDENTIALS = "AWS4-HMAC-SHA256 Credential=faultproxytest/20260101/us-east-1/dynamodb/aws4_request,"
            + " SignedHeaders=host, Signature=0";
    private static final String COUNT = """
            {"TableName":"faults","Key":{"pk":{"S":"a"}},"UpdateExpression":"ADD n :one",
            "ExpressionAttributeValues":{":one":{"N":"1"}},"ReturnValues":"ALL_NEW"}""";

    private final DynamoDbLocal database = DynamoDbLocal.start();
    private final FaultProxy proxy = FaultProxy.before(database);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void makeATable() throws Exception {
        send(database.endpoint(), "CreateTable", """
                {"TableName":"faults","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
                "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}""");
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        send(database.endpoint(), "DeleteTable", "{\"TableName\":\"faults\"}");
    }

    private HttpResponse<String> send(URI to, String operation, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(LONG)
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("Authorization", CREDENTIALS)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> count() throws Exception {
        return send(proxy.endpoint(), "UpdateItem", COUNT);
    }

    private String counted() throws Exception {
        return send(database.endpoint(), "GetItem", "{\"TableName\":\"faults\",\"Key\":{\"pk\":{\"S\":\"a\"}}}").body();
    }

    @Test
    void forwardsWhatNoRuleTouches() throws Exception {
        HttpResponse<String> reply = count();
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains("\"n\":{\"N\":\"1\"}");
        assertThat(proxy.requests("UpdateItem")).isEqualTo(1);
        assertThat(proxy.requests("GetItem")).isZero();
    }

    @Test
    void aDroppedReplyIsOfAnAppliedRequest() throws Exception {
        proxy.rule(FaultRule.nth("UpdateItem", 1, Fault.DROP_REPLY));
        assertThatExceptionOfType(IOException.class).isThrownBy(this::count);
        assertThat(counted()).contains("\"n\":{\"N\":\"1\"}");
        assertThat(count().body()).contains("\"n\":{\"N\":\"2\"}");
        assertThat(proxy.faults(Fault.DROP_REPLY)).isEqualTo(1);
    }

    @Test
    void aDroppedRequestIsNotApplied() throws Exception {
        proxy.rule(FaultRule.always("UpdateItem", Fault.DROP_REQUEST));
        assertThatExceptionOfType(IOException.class).isThrownBy(this::count);
        assertThat(counted()).isEqualTo("{}");
    }

    @Test
    void aDuplicateIsAppliedTwiceAndTheFirstReplyIsGiven() throws Exception {
        proxy.rule(FaultRule.first("UpdateItem", 1, Fault.DUPLICATE));
        assertThat(count().body()).contains("\"n\":{\"N\":\"1\"}");
        assertThat(counted()).contains("\"n\":{\"N\":\"2\"}");
    }

    @Test
    void refusalsLookLikeThoseOfTheService() throws Exception {
        proxy.rule(FaultRule.nth("UpdateItem", 1, Fault.THROTTLE)
                .or(FaultRule.nth("UpdateItem", 2, Fault.INTERNAL_ERROR))
                .or(FaultRule.nth("UpdateItem", 3, Fault.EXPIRED_TOKEN))
                .or(FaultRule.nth("UpdateItem", 4, Fault.INTERNAL_ERROR_AFTER)));
        HttpResponse<String> throttled = count();
        assertThat(throttled.statusCode()).isEqualTo(400);
        assertThat(throttled.body()).contains("#ProvisionedThroughputExceededException");
        assertThat(throttled.headers().firstValue("x-amzn-errortype").orElse("")).contains("ProvisionedThroughput");
        assertThat(count().statusCode()).isEqualTo(500);
        assertThat(count().body()).contains("#ExpiredTokenException");
        assertThat(counted()).isEqualTo("{}");
        assertThat(count().statusCode()).isEqualTo(500);
        assertThat(counted()).contains("\"n\":{\"N\":\"1\"}");
    }

    @Test
    void aDelayedRequestArrivesAlthoughItsSenderHasLeft() throws Exception {
        Duration delay = Duration.ofMillis(400);
        AtomicLong arrivedAt = new AtomicLong();
        CountDownLatch arrived = new CountDownLatch(1);
        proxy.rule(request -> {
            arrivedAt.set(System.nanoTime());
            arrived.countDown();
            return Fault.delayRequest(delay);
        });
        try (Socket sender = new Socket(proxy.endpoint().getHost(), proxy.endpoint().getPort())) {
            sender.getOutputStream().write(("POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.UpdateItem\r\n"
                    + "Content-Type: application/x-amz-json-1.0\r\nAuthorization: " + CREDENTIALS + "\r\n"
                    + "Content-Length: " + COUNT.length() + "\r\n\r\n" + COUNT).getBytes(StandardCharsets.US_ASCII));
            assertThat(arrived.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        while (counted().equals("{}")) {
            assertThat(System.nanoTime() - arrivedAt.get()).as("nanoseconds waited").isLessThan(LONG.toNanos());
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(System.nanoTime() - arrivedAt.get()).as("it came late").isGreaterThanOrEqualTo(delay.toNanos());
        assertThat(counted()).contains("\"n\":{\"N\":\"1\"}");
        assertThat(proxy.answered("UpdateItem")).isEqualTo(1);
    }

    @Test
    void theDateOfAReplyCanBeMoved() throws Exception {
        proxy.rule(FaultRule.nth("UpdateItem", 2, Fault.shiftDate(Duration.ofHours(-1))));
        assertThat(Duration.between(date(count()), date(count()))).isCloseTo(Duration.ofHours(-1), Duration.ofMinutes(10));
    }

    private static ZonedDateTime date(HttpResponse<String> response) {
        return ZonedDateTime.parse(response.headers().firstValue("date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    @Test
    void aSeedMakesTheSameFaultsAgainInAboutTheSharesAskedFor() {
        List<Fault> first = faults(7);
        assertThat(faults(7)).isEqualTo(first);
        assertThat(faults(8)).isNotEqualTo(first);
        assertThat(first.stream().filter(Fault.THROTTLE::equals).count()).isBetween(150L, 250L);
        assertThat(first.stream().filter(Fault.NONE::equals).count()).isBetween(650L, 750L);
    }

    private static List<Fault> faults(long seed) {
        FaultRule rule = FaultRule.random(seed, Map.of(Fault.THROTTLE, 0.2, Fault.DROP_REPLY, 0.1));
        List<Fault> faults = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            faults.add(rule.on(new FaultRule.Request(i, i, "UpdateItem", "")));
        }
        return faults;
    }

    @Test
    void theProcessEndsWithTheOneThatHoldsItsInput() throws Exception {
        try (DynamoDbLocal own = DynamoDbLocal.startOwn()) {
            assertThat(own.alive()).isTrue();
            assertThat(own.port()).isNotEqualTo(database.port());
            own.process().getOutputStream().close();
            assertThat(own.process().waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(DynamoDbLocal.start()).isSameAs(database);
    }

    @Test
    void anEmulatorOfSomebodyElseOnItsPortIsNotTakenForItsOwn() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> DynamoDbLocal.startOwn(database.port()).close())
                .withMessageContaining("the process ended with code 1");
    }

    @Test
    void refusesConnectionsOnceItIsClosed() throws Exception {
        for (int i = 0; i < 200; i++) {
            FaultProxy another = FaultProxy.before(database);
            URI address = another.endpoint();
            another.close();
            assertThatExceptionOfType(ConnectException.class).as("try %d", i)
                    .isThrownBy(() -> new Socket(address.getHost(), address.getPort()).close());
        }
    }
}
