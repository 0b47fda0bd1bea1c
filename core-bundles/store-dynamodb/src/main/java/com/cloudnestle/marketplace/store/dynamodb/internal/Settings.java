package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are and how they are asked.
 *
 * @param region empty: the one of the environment ({@code AWS_REGION}, profile, instance)
 * @param endpoint null: that of the region
 * @param localCredentials use made-up ones, which DynamoDB Local takes, instead of the environment's
 * @param create make missing tables instead of refusing to start without them
 * @param requestTimeout for one request
 * @param callBudget for a call with all its repetitions
 * @param maxSkew zero: do not compare clocks
 */
record Settings(
        String region,
        @Nullable URI endpoint,
        boolean localCredentials,
        TableNames tables,
        boolean create,
        int maxConnections,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration callBudget,
        Duration maxSkew) {

    /** @throws IllegalArgumentException naming the key that is wrong */
    static Settings of(DynamoDbOpening.Config config) {
        String mode = config.tables().strip();
        if (!mode.equals("verify") && !mode.equals("create")) {
            throw new IllegalArgumentException("tables must be verify or create, is '" + mode + "'");
        }
        String credentials = config.credentials().strip();
        if (!credentials.equals("environment") && !credentials.equals("local")) {
            throw new IllegalArgumentException("credentials must be environment or local, is '" + credentials + "'");
        }
        URI endpoint = endpoint(config.endpoint().strip());
        if (credentials.equals("local") && endpoint == null) {
            throw new IllegalArgumentException("credentials = local is for DynamoDB Local: set endpoint too");
        }
        return new Settings(
                config.region().strip(),
                endpoint,
                credentials.equals("local"),
                new TableNames(config.table_prefix(), names(config.table_names())),
                mode.equals("create"),
                (int) atLeastOne("max.connections", config.max_connections()),
                Duration.ofMillis(atLeastOne("connect.timeout.millis", config.connect_timeout_millis())),
                Duration.ofMillis(atLeastOne("request.timeout.millis", config.request_timeout_millis())),
                Duration.ofMillis(atLeastOne("call.budget.millis", config.call_budget_millis())),
                Duration.ofSeconds(Math.max(0, config.max_clock_skew_seconds())));
    }

    /** A file can hold a list in one line only. */
    private static List<String> names(String[] lines) {
        return Stream.of(lines).flatMap(line -> Stream.of(line.split(","))).toList();
    }

    private static @Nullable URI endpoint(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI endpoint = URI.create(text);
            if (endpoint.getHost() != null && endpoint.getScheme().startsWith("http")) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException("endpoint '" + text + "' is no address like http://127.0.0.1:8000");
    }

    private static long atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, is " + value);
        }
        return value;
    }
}
