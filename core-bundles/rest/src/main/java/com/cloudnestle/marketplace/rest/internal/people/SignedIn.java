package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.internal.access.Caller.Person;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import java.time.Duration;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The rules of everything that belongs to whoever is signed in. Keys and tokens do not do: an account is its person's. */
@Component(service = SignedIn.class)
public final class SignedIn {

    /** How long a proof of who somebody is counts for acts that cannot be undone. */
    static final Duration PROOF = Duration.ofMinutes(10);

    /** Who began in time may end in time: as long as a person may take to find a key or a phone. */
    static final Duration CEREMONY = Duration.ofMinutes(5);

    private final Callers callers;
    private final InstantSource clock;

    @Activate
    public SignedIn(@Reference Callers callers, @Reference InstantSource clock) {
        this.callers = callers;
        this.clock = clock;
    }

    /** Rule: signed in; an administrator who looks on sees it as well. */
    public Person person() {
        if (callers.of(null) instanceof Person person) {
            return person;
        }
        throw new MarketplaceException(Problem.CREDENTIALS_MISSING, "Sign in first.");
    }

    /** Rule: the person, not an administrator who looks on. */
    public Person owner() {
        Person person = person();
        if (person.session().impersonator().isPresent()) {
            throw new MarketplaceException(Problem.NOT_ALLOWED, "Whoever looks at another's account changes nothing in it.");
        }
        return person;
    }

    /** Rule: the person, who showed within ten minutes that it is them. */
    Person proved() {
        return proved(Duration.ZERO);
    }

    /** @param late how much later than that is still in time */
    Person proved(Duration late) {
        Person person = owner();
        if (person.session().provedAt().plus(PROOF).plus(late).isBefore(clock.instant())) {
            throw new MarketplaceException(
                    Problem.NOT_ALLOWED, "Prove again who you are: give your password once more, or sign in again.");
        }
        return person;
    }
}
