package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bundle's view of the engine. Knows the holds the bundle made, and releases those still open when it stops. */
@Component(scope = ServiceScope.BUNDLE, service = QuotaService.class)
public final class FixedWindowQuotaService implements QuotaService {

    private static final Logger LOG = LoggerFactory.getLogger(FixedWindowQuotaService.class);

    private final QuotaEngine engine;
    private final Set<StoredHold> open;

    @Activate
    public FixedWindowQuotaService(@Reference QuotaComponent component) {
        this(component.engine(), ConcurrentHashMap.newKeySet());
    }

    // two parameters: the container tells constructors apart by their number
    private FixedWindowQuotaService(QuotaEngine engine, Set<StoredHold> open) {
        this.engine = engine;
        this.open = open;
    }

    /** The view of one more bundle, without a container. */
    public static FixedWindowQuotaService of(QuotaEngine engine) {
        return new FixedWindowQuotaService(engine, ConcurrentHashMap.newKeySet());
    }

    @Override
    public Decision decide(AccessRequest request) {
        return engine.decide(request);
    }

    @Override
    public void giveBack(Decision.Receipt receipt) {
        engine.giveBack(receipt);
    }

    @Override
    public Reservation reserve(AccessRequest request, Duration lifetime) {
        Holds.Made made = engine.holds().reserve(request, lifetime);
        HoldItem item = made.hold();
        if (item == null) {
            return new Reservation(made.decision(), Optional.empty());
        }
        forgetExpired();
        StoredHold hold = new StoredHold(engine.holds(), item, open::remove);
        open.add(hold);
        return new Reservation(made.decision(), Optional.of(hold));
    }

    private void forgetExpired() {
        Instant now = engine.now();
        open.removeIf(hold -> hold.expiresAt().isBefore(now));
    }

    /** A hold that was looked up is not this bundle's to release. */
    @Override
    public Optional<Hold> hold(String id) {
        return engine.holds().find(id).map(item -> new StoredHold(engine.holds(), item, hold -> {}));
    }

    @Override
    public QuotaState state(Subject subject, String solutionId, String action) {
        return engine.state(subject, solutionId, action);
    }

    @Override
    public List<QuotaState> states(Subject subject, String solutionId) {
        return engine.states(subject, solutionId);
    }

    @Override
    public List<QuotaState> reset(Subject subject, String solutionId, String actor) {
        return engine.reset(subject, solutionId, actor);
    }

    /** What cannot be released now is released when it expires. */
    @Deactivate
    public void stop() {
        for (StoredHold hold : open) {
            try {
                hold.release();
            } catch (MarketplaceException e) {
                LOG.warn("event=hold_not_released id={} next=at_expiry", hold.id(), e);
            }
        }
    }
}
