package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A quota service in which every tier's validity has ended. */
record EndedTier(QuotaService counters, Instant end) implements QuotaService {

    @Override
    public Decision decide(AccessRequest request) {
        QuotaState state = state(request.subject(), request.solutionId(), request.action());
        return new Decision.Denied(DenialReason.VALIDITY_ENDED, state, "Your trial is over.", Optional.empty());
    }

    @Override
    public void giveBack(Decision.Receipt receipt) {
        counters.giveBack(receipt);
    }

    @Override
    public Reservation reserve(AccessRequest request, Duration lifetime) {
        return new Reservation(decide(request), Optional.empty());
    }

    @Override
    public Optional<Hold> hold(String id) {
        return Optional.empty();
    }

    @Override
    public QuotaState state(Subject subject, String solutionId, String action) {
        return ended(counters.state(subject, solutionId, action));
    }

    @Override
    public List<QuotaState> states(Subject subject, String solutionId) {
        return counters.states(subject, solutionId).stream().map(this::ended).toList();
    }

    @Override
    public List<QuotaState> reset(Subject subject, String solutionId, String actor) {
        return counters.reset(subject, solutionId, actor).stream().map(this::ended).toList();
    }

    private QuotaState ended(QuotaState state) {
        return new QuotaState(state.solutionId(), state.action(), state.tier(), state.windows(), Optional.of(end));
    }
}
