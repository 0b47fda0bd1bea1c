package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.utils.IoUtils;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials that can be fetched anew: when the service refuses those we have, what stands in the environment's files or
 * at its endpoint by now may be better, and no restart is needed.
 */
final class Credentials implements AwsCredentialsProvider, AutoCloseable {

    private static final long SHORTEST_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<AwsCredentialsProvider> source;
    private final LongSupplier nanos;
    private AwsCredentialsProvider current;
    private long fetched;

    Credentials(Supplier<AwsCredentialsProvider> source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        current = source.get();
        fetched = nanos.getAsLong();
    }

    /** Those of the environment: variables, web identity, profile files, container or instance role. */
    static AwsCredentialsProvider ofEnvironment() {
        return DefaultCredentialsProvider.builder().build();
    }

    /** Parts of the chain look for others by the thread's class loader, which may be anybody's. */
    @Override
    public AwsCredentials resolveCredentials() {
        AwsCredentialsProvider provider;
        synchronized (this) {
            provider = current;
        }
        return OwnLoader.call(provider::resolveCredentials);
    }

    /** Forgets what is cached; false if that was done a moment ago, so that a storm of refusals is no storm of fetches. */
    synchronized boolean renew() {
        if (nanos.getAsLong() - fetched < SHORTEST_NANOS) {
            return false;
        }
        AwsCredentialsProvider old = current;
        current = source.get();
        fetched = nanos.getAsLong();
        close(old);
        return true;
    }

    @Override
    public synchronized void close() {
        close(current);
    }

    private static void close(AwsCredentialsProvider provider) {
        if (provider instanceof SdkAutoCloseable closeable) {
            IoUtils.closeQuietlyV2(closeable, null);
        }
    }
}
