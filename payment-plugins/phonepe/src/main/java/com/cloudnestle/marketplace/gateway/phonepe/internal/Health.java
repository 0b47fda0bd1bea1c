package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the provider lets us in: there is an access token, or one can be had within the time that an answer may take. A refusal is
 * remembered for some seconds, so pages that ask for health do not become a storm.
 */
final class Health {

    private static final Duration LIMIT = Duration.ofMillis(1500);
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final AccessTokens tokens;
    private final Executor executor;
    private final InstantSource clock;
    private volatile @Nullable Failing last;

    private record Failing(GatewayHealth health, Instant until) {}

    Health(AccessTokens tokens, Executor executor, InstantSource clock) {
        this.tokens = tokens;
        this.executor = executor;
        this.clock = clock;
    }

    GatewayHealth now() {
        if (tokens.present()) {
            return GatewayHealth.healthy();
        }
        Failing known = last;
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.health();
        }
        GatewayHealth health = tried();
        last = health.working() ? null : new Failing(health, clock.instant().plus(REMEMBERED));
        return health;
    }

    private GatewayHealth tried() {
        FutureTask<String> token = new FutureTask<>(tokens::current);
        try {
            executor.execute(token);
            token.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return GatewayHealth.healthy();
        } catch (ExecutionException e) {
            return GatewayHealth.failing(e.getCause() instanceof GatewayException cause
                    ? String.valueOf(cause.getMessage()) : "no access token");
        } catch (TimeoutException | RejectedExecutionException e) {
            return GatewayHealth.failing("no access token in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GatewayHealth.failing("interrupted");
        }
    }
}
