package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.GatewayTrials;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateways that are there now: those of a higher {@code service.ranking} first, else by name. They come and go at any time. */
@Component(service = InstalledGateways.class)
public final class InstalledGateways {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledGateways.class);

    private record Installed(PaymentGateway gateway, String id, String account, int ranking) {}

    private final Map<PaymentGateway, Installed> installed = new ConcurrentHashMap<>();

    /** Absent where gateways are taken as they come. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable GatewayTrials trials;

    @Activate
    public InstalledGateways() {}

    InstalledGateways(Collection<? extends PaymentGateway> gateways) {
        gateways.forEach(gateway -> addGateway(gateway, Map.of()));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addGateway(PaymentGateway gateway, Map<String, ?> properties) {
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer said ? said : 0;
        try {
            installed.put(gateway, new Installed(gateway, gateway.id(), gateway.account(), ranking));
            LOG.info("event=gateway_arrived gateway={} account={}", gateway.id(), gateway.account());
        } catch (RuntimeException e) { // a bundle of anybody's must not keep the others from being seen
            LOG.error("event=gateway_refused reason=\"it does not say who it is\"", e);
        }
    }

    void removeGateway(PaymentGateway gateway) {
        Installed gone = installed.remove(gateway);
        if (gone != null) {
            LOG.info("event=gateway_left gateway={} account={}; its payments wait for it", gone.id(), gone.account());
        }
    }

    List<PaymentGateway> all() {
        return sorted().map(Installed::gateway).toList();
    }

    Optional<PaymentGateway> find(String id, String account) {
        return sorted().filter(each -> each.id().equals(id) && each.account().equals(account)).map(Installed::gateway).findFirst();
    }

    /** What was found against a gateway where it was tried; empty if nothing, or if it was not. */
    Optional<String> foundAgainst(PaymentGateway gateway) {
        GatewayTrials present = trials;
        Installed known = installed.get(gateway);
        return present == null || known == null ? Optional.empty() : present.problem(known.id());
    }

    List<PaymentGateway> named(String id) {
        return sorted().filter(each -> each.id().equals(id)).map(Installed::gateway).toList();
    }

    private Stream<Installed> sorted() {
        return installed.values().stream().sorted(Comparator.comparingInt((Installed each) -> -each.ranking())
                .thenComparing(Installed::id).thenComparing(Installed::account));
    }
}
