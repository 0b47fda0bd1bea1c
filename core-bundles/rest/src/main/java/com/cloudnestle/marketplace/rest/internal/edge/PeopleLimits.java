package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.rest.QuotaAnswers;
import com.cloudnestle.marketplace.rest.internal.access.People;
import com.cloudnestle.marketplace.rest.internal.edge.CallRates.Rate;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often people may call: from one line to the net, where calls begin or change something or cost much to answer, and with
 * one account, wherever its sessions are. Calls of solutions are none of these; what they may do their quotas say.
 */
final class PeopleLimits {

    private static final String AUTH = "/api/auth/";
    /** The only address below it that costs nothing to answer. */
    private static final String PROVIDERS = "/api/auth/providers";
    private static final String EXCHANGE = "/api/exchange-code";
    private static final String ADMIN = "/api/admin/";

    /** Calls of people in their browsers, which begin or change something of an account. */
    private static final List<String> OPEN = List.of(AUTH, "/api/setup", "/api/registrations", "/api/account", "/api/payments");

    /** Where providers tell of payments: in bursts, from few addresses, and again and again if they are refused. */
    private static final String WEBHOOK = "/api/payments/webhook";
    /** 1,000 a second from one line: only a flood has more. */
    private static final int WEBHOOKS_PER_MINUTE = 60_000;

    private final CallRates ofLine;
    private final CallRates ofAccount;
    private final CallRates ofProviders;

    PeopleLimits(EdgeSettings settings, InstantSource clock) {
        ofLine = new CallRates("people", clock, settings.peoplePerMinute());
        ofAccount = new CallRates("account", clock, settings.accountPerMinute());
        ofProviders = new CallRates("webhooks", clock, WEBHOOKS_PER_MINUTE);
    }

    /** Whether it is one of those that another site must not make a browser do, signed in or not. */
    static boolean open(String path) {
        if (path.startsWith(WEBHOOK)) {
            return false;
        }
        for (String prefix : OPEN) {
            if (path.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Counts the call and says in the answer what is left.
     *
     * @param session secret of the session it is made with, if any
     * @param people null: nobody's sessions are known
     * @throws MarketplaceException {@code too-many-requests} (429)
     */
    void count(EdgeRequest request, HttpServletResponse response, Optional<String> session, @Nullable People people) {
        String path = request.getRequestURI();
        boolean open = open(path);
        boolean exchange = path.startsWith(EXCHANGE);
        if (path.startsWith(WEBHOOK)) {
            refuse(Optional.of(ofProviders.count(Networks.line(request.getRemoteAddr()))), "There were too many notifications.");
            return;
        }
        if (!open && !exchange && !path.startsWith(ADMIN)) {
            return; // of the solutions' calls, which pass here as well, nothing more is looked at
        }
        boolean reads = ForeignSites.SAFE.contains(request.getMethod());
        boolean costly = exchange || open && !reads || path.startsWith(AUTH) && !path.equals(PROVIDERS);
        Optional<Rate> line = costly
                ? Optional.of(ofLine.count(Networks.line(request.getRemoteAddr())))
                : Optional.empty();
        Optional<Rate> account = line.filter(rate -> !rate.allowed()).isPresent() || people == null
                ? Optional.empty()
                : session.flatMap(people::actorOf).map(ofAccount::count);
        List<Rate> rates = Stream.of(line, account).flatMap(Optional::stream).toList();
        if (!rates.isEmpty()) {
            response.setHeader(QuotaAnswers.RATE_LIMIT_POLICY, rates.stream().map(Rate::policy).collect(Collectors.joining(", ")));
            response.setHeader(QuotaAnswers.RATE_LIMIT, rates.stream().map(Rate::state).collect(Collectors.joining(", ")));
        }
        refuse(line, "There were too many requests from your network. Try again shortly.");
        refuse(account, "There were too many requests with your account. Try again shortly.");
    }

    private static void refuse(Optional<Rate> rate, String why) {
        rate.filter(counted -> !counted.allowed()).ifPresent(counted -> {
            throw MarketplaceException.tooMany(why, counted.resets());
        });
    }
}
