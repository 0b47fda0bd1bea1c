package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.Payments.GatewayStatus;
import com.cloudnestle.marketplace.payment.Payments.Offer;
import com.cloudnestle.marketplace.payment.UnusableGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which gateways may be used, and which are offered for what. */
final class Offers {

    /** An answer about a gateway's health holds for so long: buyers do not wait for providers to be asked. */
    static final Duration HEALTH_HOLDS = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Offers.class);
    private static final String ABSENT = "The payment provider's gateway is not there right now; try again later.";

    private record Health(GatewayHealth health, Instant at) {}

    private final InstalledGateways installed;
    private final PaymentSettings settings;
    private final InstantSource clock;
    private final Map<PaymentGateway, Health> healths = new ConcurrentHashMap<>();

    Offers(InstalledGateways installed, PaymentSettings settings, InstantSource clock) {
        this.installed = installed;
        this.settings = settings;
        this.clock = clock;
    }

    /** The gateway that the payment belongs to; empty while it is not installed, or moves no money in production. */
    Optional<PaymentGateway> of(StoredPayment payment) {
        return installed.find(payment.gateway(), payment.account()).filter(this::allowed);
    }

    /** @throws MarketplaceException {@code provider-unavailable} (503) */
    PaymentGateway require(StoredPayment payment) {
        return of(payment).orElseThrow(() -> new MarketplaceException(Problem.PROVIDER_UNAVAILABLE, ABSENT));
    }

    /**
     * Those that could have sent a notification.
     *
     * @throws MarketplaceException {@code provider-unavailable} (503) if there are none
     */
    List<PaymentGateway> senders(Optional<String> named) {
        List<PaymentGateway> found = named.map(installed::named).orElseGet(installed::all).stream()
                .filter(this::allowed)
                .filter(gateway -> !(gateway instanceof UnusableGateway)) // whose secrets are not known: the sender should try again
                .toList();
        if (found.isEmpty()) {
            throw new MarketplaceException(Problem.PROVIDER_UNAVAILABLE, ABSENT);
        }
        return found;
    }

    /** In the order they are offered. */
    List<PaymentGateway> offered(String solutionId, Money amount) {
        List<String> order = order(solutionId);
        return installed.all().stream()
                .filter(gateway -> problem(gateway).isEmpty() && capabilities(gateway).filter(can -> can.takes(amount)).isPresent())
                .filter(gateway -> order.isEmpty() || order.contains(gateway.id()))
                .sorted(Comparator.comparingInt(gateway -> order.indexOf(gateway.id())))
                .toList();
    }

    /** What is said for this solution, else what is said for all. */
    private List<String> order(String solutionId) {
        String own = solutionId + ":";
        List<String> mine = settings.offered().stream().filter(said -> said.startsWith(own))
                .map(said -> said.substring(own.length()).strip()).toList();
        return mine.isEmpty() ? settings.offered().stream().filter(said -> said.indexOf(':') < 0).toList() : mine;
    }

    static Offer offer(PaymentGateway gateway) {
        GatewayCapabilities can = gateway.capabilities();
        return new Offer(gateway.id(), can.name(), can.methods(), can.mode() == GatewayCapabilities.Mode.TEST);
    }

    List<GatewayStatus> statuses() {
        return installed.all().stream().map(gateway -> new GatewayStatus(gateway.id(), gateway.account(),
                capabilities(gateway).map(GatewayCapabilities::name).orElse(""),
                capabilities(gateway).filter(can -> can.mode() == GatewayCapabilities.Mode.TEST).isPresent(), problem(gateway))).toList();
    }

    private boolean allowed(PaymentGateway gateway) {
        return capabilities(gateway)
                .filter(can -> !settings.production() || can.mode() == GatewayCapabilities.Mode.LIVE).isPresent();
    }

    private static Optional<GatewayCapabilities> capabilities(PaymentGateway gateway) {
        try {
            return Optional.of(gateway.capabilities());
        } catch (RuntimeException e) {
            LOG.error("event=gateway_broken reason=\"it does not say what it can do\"", e);
            return Optional.empty();
        }
    }

    /** Why it is not offered; empty if it is. */
    private String problem(PaymentGateway gateway) {
        if (capabilities(gateway).isEmpty()) {
            return "it does not say what it can do; see the log";
        }
        if (gateway instanceof UnusableGateway unusable) {
            return unusable.problem();
        }
        if (!allowed(gateway)) {
            return "moves no money, and this is production";
        }
        Optional<String> found = installed.foundAgainst(gateway);
        if (found.isPresent()) {
            return found.get();
        }
        GatewayHealth health = health(gateway);
        return health.working() ? "" : health.detail().isEmpty() ? "does not work" : health.detail();
    }

    private GatewayHealth health(PaymentGateway gateway) {
        Instant now = clock.instant();
        Health known = healths.get(gateway);
        if (known != null && Duration.between(known.at(), now).abs().compareTo(HEALTH_HOLDS) < 0) {
            return known.health();
        }
        GatewayHealth fresh;
        try {
            fresh = gateway.health();
        } catch (RuntimeException e) {
            LOG.error("event=gateway_broken reason=\"it does not say how it is\"", e);
            fresh = GatewayHealth.failing("it does not say how it is; see the log");
        }
        healths.keySet().retainAll(installed.all());
        healths.put(gateway, new Health(fresh, now));
        return fresh;
    }
}
