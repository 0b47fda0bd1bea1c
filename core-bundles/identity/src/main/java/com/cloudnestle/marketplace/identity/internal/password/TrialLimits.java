package com.cloudnestle.marketplace.identity.internal.password;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.internal.IdentityConfig;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * How often something may be tried. A trial is counted before its outcome is known and given back if it was right, so trials
 * at the same moment do not slip through. Counts are of this process and forgotten when it stops. Thread-safe.
 */
@Component(service = TrialLimits.class, configurationPid = "com.cloudnestle.marketplace.identity")
@Designate(ocd = IdentityConfig.class)
public final class TrialLimits {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int CODES_PER_HOUR = 20;

    private final Buckets account;
    private final Buckets network;
    private final Buckets pair;
    private final Buckets mailAddress;
    private final Buckets mailNetwork;
    private final Buckets code;

    @Activate
    public TrialLimits(@Reference InstantSource clock, IdentityConfig config) {
        this(clock, Map.of(
                "account", config.tries__per__account__and__hour(),
                "network", config.tries__per__network__and__hour(),
                "pair", config.tries__per__pair__and__hour(),
                "mailAddress", config.mails__per__address__and__hour(),
                "mailNetwork", config.mails__per__network__and__hour()));
    }

    /** With the limits that are shipped. */
    public TrialLimits(InstantSource clock) {
        this(clock, Map.of("account", 20, "network", 120, "pair", 10, "mailAddress", 4, "mailNetwork", 30));
    }

    private TrialLimits(InstantSource clock, Map<String, Integer> perHour) {
        account = buckets(clock, perHour, "account");
        network = buckets(clock, perHour, "network");
        pair = buckets(clock, perHour, "pair");
        mailAddress = buckets(clock, perHour, "mailAddress");
        mailNetwork = buckets(clock, perHour, "mailNetwork");
        code = new Buckets(clock, CODES_PER_HOUR, HOUR);
    }

    /** A mistake in the configuration closes nothing: what is less than one is one. */
    private static Buckets buckets(InstantSource clock, Map<String, Integer> perHour, String name) {
        return new Buckets(clock, Math.max(1, perHour.getOrDefault(name, 1)), HOUR);
    }

    /**
     * One trial of a password.
     *
     * @param knownDevice hash of the secret of a browser in which this account has signed in before: only its own trials count
     * @return to be given back if the password was right
     * @throws MarketplaceException {@code too-many-requests} (429) with the time to wait
     */
    public Trial password(EmailAddress email, Client client, Optional<String> knownDevice) {
        String address = Sha256.hex(email.value());
        if (knownDevice.isPresent()) {
            return take(List.of(new Place(pair, address + "|device|" + knownDevice.get())));
        }
        String from = Network.of(client.address());
        return take(List.of(new Place(network, from), new Place(pair, address + "|" + from), new Place(account, address)));
    }

    /** One mail to an address that a stranger may have named. */
    public void mail(EmailAddress email, Client client) {
        take(List.of(new Place(mailNetwork, Network.of(client.address())), new Place(mailAddress, Sha256.hex(email.value()))));
    }

    /** One trial of a second factor. */
    public Trial code(String accountId) {
        return take(List.of(new Place(code, accountId)));
    }

    /** One trial of a one-time code that belongs to no account. */
    public Trial code(Client client) {
        return take(List.of(new Place(network, Network.of(client.address()))));
    }

    private static Trial take(List<Place> places) {
        List<Place> taken = new ArrayList<>();
        for (Place place : places) {
            Optional<Duration> wait = place.buckets.take(place.key);
            if (wait.isPresent()) {
                taken.forEach(Place::giveBack);
                throw MarketplaceException.tooMany("Too many tries. Wait a while, then try again.", wait.get());
            }
            taken.add(place);
        }
        return () -> taken.forEach(Place::giveBack);
    }

    private record Place(Buckets buckets, String key) {
        void giveBack() {
            buckets.giveBack(key);
        }
    }

    /** A counted trial. */
    @FunctionalInterface
    public interface Trial {
        /** It was right: it does not count. */
        void giveBack();
    }
}
