package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** A client of the service with everything that its calls share. */
final class Connection implements AutoCloseable {

    /** Shorter than the service keeps idle connections, so that none is used that is closed already. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final Settings settings;
    private final Region region;
    private final Credentials credentials;
    private final ClockCheck clockCheck;
    private final DynamoDbClient client;
    private final Calls calls;
    private final Pauses pauses;

    /** @throws StoreRefusedException if the region or the settings cannot be */
    Connection(Settings settings, InstantSource clock) throws StoreRefusedException {
        this(settings, clock, () -> credentials(settings), new Pauses(settings.callBudget()), System::nanoTime);
    }

    Connection(Settings settings, InstantSource clock, Supplier<AwsCredentialsProvider> source, Pauses pauses,
            LongSupplier nanos) throws StoreRefusedException {
        this.settings = settings;
        this.pauses = pauses;
        Alerts alerts = new Alerts(nanos);
        region = region(settings);
        credentials = new Credentials(() -> OwnLoader.call(source), nanos);
        clockCheck = new ClockCheck(clock, settings.maxSkew(), alerts);
        Wire wire = new Wire(http(settings), clockCheck::reply);
        client = OwnLoader.call(() -> client(wire));
        calls = new Calls(wire, pauses, alerts, credentials::renew);
    }

    private static SdkHttpClient http(Settings settings) {
        return Apache5HttpClient.builder()
                .maxConnections(settings.maxConnections())
                .connectionTimeout(settings.connectTimeout())
                .connectionAcquisitionTimeout(settings.connectTimeout())
                .socketTimeout(settings.requestTimeout())
                .connectionMaxIdleTime(IDLE)
                .build();
    }

    private DynamoDbClient client(SdkHttpClient http) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .httpClient(http)
                .region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(Settings settings) {
        return settings.localCredentials()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))
                : Credentials.ofEnvironment();
    }

    private static Region region(Settings settings) throws StoreRefusedException {
        if (!settings.region().isEmpty()) {
            return Region.of(settings.region());
        }
        if (settings.localCredentials()) {
            return Region.US_EAST_1;
        }
        try {
            return OwnLoader.call(() -> DefaultAwsRegionProviderChain.builder().build().getRegion());
        } catch (SdkClientException e) {
            throw new StoreRefusedException("no AWS region: set region in " + DynamoDbOpening.PID
                    + ".cfg or the environment variable AWS_REGION", e);
        }
    }

    Settings settings() {
        return settings;
    }

    Region region() {
        return region;
    }

    DynamoDbClient client() {
        return client;
    }

    Credentials credentials() {
        return credentials;
    }

    Pauses pauses() {
        return pauses;
    }

    /** What is wrong with the clock by the last reply. */
    Optional<String> clockProblem() {
        return clockCheck.problem();
    }

    Reads reads() {
        return new Reads(client, settings.tables(), calls, pauses);
    }

    Writes writes() {
        return new Writes(client, settings.tables(), calls);
    }

    @Override
    public void close() {
        client.close();
        credentials.close();
    }
}
