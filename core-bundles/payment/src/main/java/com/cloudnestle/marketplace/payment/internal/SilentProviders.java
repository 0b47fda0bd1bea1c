package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a provider that does not answer from holding all the threads with which the others are asked, too: while it is silent, a few
 * calls at a time find out whether it is back, and the rest come again later. Thread-safe.
 */
final class SilentProviders {

    static final int PROBES = 4;
    static final Duration LATER = Duration.ofSeconds(5);

    private static final Set<Kind> NO_ANSWER = Set.of(Kind.OUTCOME_UNKNOWN, Kind.NOT_CONTACTED, Kind.RATE_LIMITED);

    private record Account(String gateway, String account) {}

    private static final class Line {
        private int underWay;
        private boolean silent;
    }

    private final Map<Account, Line> lines = new HashMap<>();

    /** @throws GatewayException of the call, or one that says when to come again */
    <T> T asked(PaymentGateway gateway, GatewayCall<T> call) throws GatewayException {
        Account account = new Account(gateway.id(), gateway.account());
        enter(account);
        boolean silent = true;
        try {
            T answer = call.make();
            silent = false;
            return answer;
        } catch (GatewayException e) {
            silent = NO_ANSWER.contains(e.kind());
            throw e;
        } finally {
            leave(account, silent);
        }
    }

    private synchronized void enter(Account account) throws GatewayException {
        Line line = lines.computeIfAbsent(account, fresh -> new Line());
        if (line.silent && line.underWay >= PROBES) {
            throw new GatewayException(Kind.NOT_CONTACTED, Retry.SAME_KEY, "",
                    "it does not answer, and others find out already whether it is back", null, LATER);
        }
        line.underWay++;
    }

    private synchronized void leave(Account account, boolean silent) {
        Line line = lines.get(account);
        line.underWay--;
        line.silent = silent;
        if (line.underWay == 0 && !silent) {
            lines.remove(account); // gateways come and go
        }
    }
}
