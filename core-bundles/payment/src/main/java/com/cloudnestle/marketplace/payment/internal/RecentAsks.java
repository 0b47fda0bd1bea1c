package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.ReturnProof;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which payments this node asked a provider about a moment ago. Asking is dear, and whoever only wants to know how things stand can be
 * told from the store then. A payment that is not remembered any more is asked about once more, which does no harm. Thread-safe.
 */
final class RecentAsks {

    static final Duration MOMENT = Duration.ofSeconds(2);
    static final int MOST = 10_000;

    private final InstantSource clock;
    /** In the order in which they were asked about. */
    private final Map<String, Ask> asked = new LinkedHashMap<>();

    RecentAsks(InstantSource clock) {
        this.clock = clock;
    }

    /** @param useless digest of a proof that proved nothing; empty: there was none */
    private record Ask(Instant at, String useless, boolean refused) {}

    /** What is known of a proof from a moment ago. */
    enum Proof {
        NEW,
        /** The provider was asked with it, and it changed nothing. */
        IDLE,
        REFUSED
    }

    void note(String paymentId) {
        note(paymentId, new Ask(clock.instant(), "", false));
    }

    /** With this proof nothing was proved: the same once more is no reason to ask again at once. */
    void provedNothing(String paymentId, ReturnProof proof, boolean refused) {
        note(paymentId, new Ask(clock.instant(), digest(proof), refused));
    }

    private synchronized void note(String paymentId, Ask ask) {
        asked.remove(paymentId);
        asked.put(paymentId, ask);
        Iterator<Ask> oldest = asked.values().iterator();
        while (oldest.hasNext() && (!recent(oldest.next().at(), ask.at()) || asked.size() > MOST)) {
            oldest.remove();
        }
    }

    synchronized Proof known(String paymentId, ReturnProof proof) {
        Ask before = asked.get(paymentId);
        if (before == null || !recent(before.at(), clock.instant()) || !before.useless().equals(digest(proof))) {
            return Proof.NEW;
        }
        return before.refused() ? Proof.REFUSED : Proof.IDLE;
    }

    /** It may be long, and it is a secret until it is used. */
    private static String digest(ReturnProof proof) {
        List<String> texts = new ArrayList<>();
        new TreeMap<>(proof.parameters()).forEach((name, value) -> texts.addAll(List.of(name, value)));
        return Ids.digest(texts.toArray(String[]::new));
    }

    /** Whether nobody asked a moment ago; whoever is told so asks now. Of several who want to know at once, one is. */
    synchronized boolean claim(String paymentId) {
        Ask before = asked.get(paymentId);
        if (before != null && recent(before.at(), clock.instant())) {
            return false;
        }
        note(paymentId);
        return true;
    }

    /** A clock that was set back makes nothing recent. */
    private static boolean recent(Instant then, Instant now) {
        return !then.isAfter(now) && now.isBefore(then.plus(MOMENT));
    }

    synchronized int size() {
        return asked.size();
    }
}
