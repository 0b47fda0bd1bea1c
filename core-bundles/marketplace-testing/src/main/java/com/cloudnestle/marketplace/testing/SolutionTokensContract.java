package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SolutionTokens} must do. */
public abstract class SolutionTokensContract extends SolutionTokensLifeContract {

    @Test
    void issuesATokenThatSaysWhoseItIs() {
        IssuedToken issued = tokens.issue(ann, "faiss", "admin");

        assertThat(issued.newlyMade()).isTrue();
        assertThat(issued.token()).startsWith("tok_permanent_").hasSizeLessThan(SolutionTokens.MAX_LENGTH);
        TokenHolder holder = tokens.authenticate(issued.token());
        assertThat(holder).isEqualTo(issued.holder());
        assertThat(holder.tokenId()).startsWith("tok_").isNotEqualTo(issued.token());
        assertThat(holder).isEqualTo(new TokenHolder(
                holder.tokenId(), ann, "ann@example.com", "finder", NOON, Optional.empty()));
        assertState(issued, TokenState.ACTIVE);
    }

    @Test
    void showsTheSameTokenAgain() {
        IssuedToken first = tokens.issue(ann, "finder", "admin");
        clock.advance(Duration.ofDays(400));

        IssuedToken second = tokens.issue(ann, "finder", "admin");

        assertThat(second.newlyMade()).isFalse();
        assertThat(second.token()).isEqualTo(first.token());
        assertThat(second.holder()).isEqualTo(first.holder());
        assertEvents("token.issued");
    }

    @Test
    void showsWhatIsThereAndMakesNothing() {
        assertThat(tokens.show(ann, "finder")).isEmpty();
        assertThat(tokens.show(ann, "nothing")).isEmpty();
        IssuedToken issued = tokens.issue(ann, "finder", "admin");

        assertThat(tokens.show(ann, "finder")).map(IssuedToken::token).contains(issued.token());
        tokens.revoke(issued.token(), "admin");
        assertThat(tokens.show(ann, "finder")).isEmpty();
    }

    @Test
    void givesEachSolutionAndEachCustomerItsOwn() {
        assertThat(tokens.issue(ann, "finder", "admin").token()).isNotEqualTo(tokens.issue(ann, "timed", "admin").token());
    }

    @Test
    void givesManyAtOnceTheSameToken() {
        List<IssuedToken> issued = Together.run(32, () -> tokens.issue(ann, "finder", "admin"));

        assertThat(issued).extracting(IssuedToken::token).hasSize(32).containsOnly(issued.get(0).token());
        assertThat(issued).filteredOn(IssuedToken::newlyMade).hasSize(1);
        assertEvents("token.issued");
    }

    @Test
    void makesANewTokenAfterTheOldOneWasRevoked() {
        IssuedToken revoked = tokens.issue(ann, "finder", "admin");
        tokens.revoke(revoked.token(), "admin");

        IssuedToken fresh = tokens.issue(ann, "finder", "admin");

        assertThat(fresh.newlyMade()).isTrue();
        assertThat(fresh.token()).isNotEqualTo(revoked.token());
        assertThat(tokens.authenticate(fresh.token())).isEqualTo(fresh.holder());
        assertProblem(() -> tokens.authenticate(revoked.token()), Problem.TOKEN_REVOKED);
        assertEvents("token.issued", "token.revoked", "token.issued");
    }

    @Test
    void revokesAtOnceAndOnce() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");

        tokens.revoke(issued.token(), "console");
        tokens.revoke(issued.token(), "console");

        assertProblem(() -> tokens.authenticate(issued.token()), Problem.TOKEN_REVOKED);
        assertProblem(() -> tokens.refresh(issued.token()), Problem.TOKEN_REVOKED);
        assertState(issued, TokenState.REVOKED);
        assertEvents("token.issued", "token.revoked");
        assertThat(audit.latest(1, null).get(0).actor()).isEqualTo("console");
    }

    @Test
    void revokesAnExpiredTokenSoThatNobodyRefreshesIt() {
        IssuedToken issued = tokens.issue(ann, "timed", "admin");
        clock.advance(LIFETIME.plus(DAY));

        tokens.revoke(issued.token(), "admin");

        assertProblem(() -> tokens.refresh(issued.token()), Problem.TOKEN_REVOKED);
    }

    @Test
    void revokesAllThatWork() {
        IssuedToken first = tokens.issue(ann, "finder", "admin");
        IssuedToken second = tokens.rotate(ann, "finder", DAY, "admin");
        IssuedToken third = tokens.rotate(ann, "finder", DAY, "admin");
        IssuedToken other = tokens.issue(ann, "timed", "admin");

        tokens.revokeAll(ann, "faiss", "admin");

        for (IssuedToken ended : List.of(first, second, third)) {
            assertProblem(() -> tokens.authenticate(ended.token()), Problem.TOKEN_REVOKED);
        }
        assertThat(tokens.authenticate(other.token())).isEqualTo(other.holder());
        assertThat(tokens.issue(ann, "finder", "admin").newlyMade()).isTrue();
    }

    @Test
    void revokesNothingWhereThereIsNothing() {
        tokens.revokeAll(ann, "finder", "admin");
        tokens.revokeAll(NOBODY, "finder", "admin");
        tokens.revokeAll(ann, "unknown", "admin");
        tokens.revokeAll("no customer", "\u0000", "admin");

        assertEvents();
    }

    @Test
    void leavesNoTokenWorkingWhenRevokingAllRacesWithRotation() {
        tokens.issue(ann, "finder", "admin");
        List<String> rotated = Together.run(8, () -> {
            String token = tokens.rotate(ann, "finder", DAY, "admin").token();
            tokens.revokeAll(ann, "finder", "admin");
            return token;
        });

        assertThat(rotated)
                .extracting(token -> tokens.inspect(token).orElseThrow().state())
                .containsOnly(TokenState.REVOKED);
    }

    @Test
    void refusesWhereThereIsNoEntitlement() {
        for (String solution : List.of("unknown", "", "\u0000")) {
            assertProblem(() -> tokens.issue(ann, solution, "admin"), Problem.ENTITLEMENT_UNKNOWN);
            assertProblem(() -> tokens.rotate(ann, solution, DAY, "admin"), Problem.ENTITLEMENT_UNKNOWN);
        }
        assertProblem(() -> tokens.issue(NOBODY, "finder", "admin"), Problem.ENTITLEMENT_UNKNOWN);
        assertProblem(() -> tokens.issue("ann@example.com", "finder", "admin"), Problem.ENTITLEMENT_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "tok_permanent_", "tok_permanent_abc123", "\u0000", "tok_permanent_\n", "\ud800", "key_1"})
    void knowsNoOtherTokens(String token) {
        tokens.issue(ann, "finder", "admin");

        assertProblem(() -> tokens.authenticate(token), Problem.TOKEN_UNKNOWN);
        assertProblem(() -> tokens.refresh(token), Problem.TOKEN_UNKNOWN);
        assertProblem(() -> tokens.revoke(token, "admin"), Problem.TOKEN_UNKNOWN);
        assertThat(tokens.inspect(token)).isEmpty();
    }

    @Test
    void knowsNoTokenThatWasChangedOrIsTooLong() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");

        knowsNoOtherTokens(issued.token() + "A");
        knowsNoOtherTokens(issued.token() + " ");
        knowsNoOtherTokens(issued.token() + "\n");
        knowsNoOtherTokens(issued.token().substring(0, issued.token().length() - 1));
        knowsNoOtherTokens(issued.token().replace("permanent", "timed"));
        knowsNoOtherTokens(issued.holder().tokenId());
        knowsNoOtherTokens("tok_permanent_" + "x".repeat(100_000));
    }

    @Test
    void showsNoTokenToLogsAndAudit() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");

        assertThat(issued.toString()).doesNotContain(issued.token()).contains(issued.holder().tokenId());
        assertThat(audit.entries().toString()).doesNotContain(issued.token());
    }
}
