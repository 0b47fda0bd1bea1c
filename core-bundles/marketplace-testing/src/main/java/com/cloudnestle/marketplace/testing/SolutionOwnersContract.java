package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SolutionOwners} must do. */
public abstract class SolutionOwnersContract {

    private static final String FIRST = "com.example.text";
    private static final String SECOND = "org.other_text-2";

    private final RecordingAuditLog audit = new RecordingAuditLog(new ManualClock(Instant.parse("2026-03-01T12:00:00Z")));
    private SolutionOwners owners = new InMemorySolutionOwners(audit);

    /** Nothing belongs to anybody yet. */
    protected abstract SolutionOwners owners(AuditLog audit);

    @BeforeEach
    void open() {
        owners = owners(audit);
    }

    @Test
    void anIdBelongsToTheFirstThatClaimsIt() {
        assertThat(owners.owner("text")).isEmpty();

        assertThat(owners.claim("text", FIRST)).isEqualTo(FIRST);
        assertThat(owners.claim("text", SECOND)).isEqualTo(FIRST);
        assertThat(owners.claim("text", FIRST)).isEqualTo(FIRST);

        assertThat(owners.owner("text")).contains(FIRST);
        assertThat(owners.owner("other")).isEmpty();
        assertThat(owners.claim("other", SECOND)).isEqualTo(SECOND);
    }

    @Test
    void ofManyThatClaimAtOnceOneGetsIt() {
        AtomicInteger bundles = new AtomicInteger();

        List<String> told = Together.run(8, () -> owners.claim("text", "com.example.b" + bundles.incrementAndGet()));

        assertThat(told).hasSize(8).containsOnly(owners.owner("text").orElseThrow());
    }

    @Test
    void anOperatorGivesItToAnother() {
        owners.claim("text", FIRST);

        owners.give("text", SECOND, "console");

        assertThat(owners.claim("text", FIRST)).isEqualTo(SECOND);
        AuditEntry entry = audit.entries().get(0);
        assertThat(List.of(entry.actor(), entry.event(), entry.subject())).containsExactly("console", "solution.given", "text");
        assertThat(entry.details()).isEqualTo(Map.of("from", FIRST, "to", SECOND));
    }

    @Test
    void canBeGivenBeforeAnybodyServesIt() {
        owners.give("text", SECOND, "console");

        assertThat(owners.claim("text", FIRST)).isEqualTo(SECOND);
    }

    @Test
    void givingItToItsOwnerIsNoEvent() {
        owners.claim("text", FIRST);

        owners.give("text", FIRST, "console");

        assertThat(audit.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", ".", "a.", ".a", "a..b", "a;version=1", "a\nb", "b\u00fcndel"})
    void refusesWhatIsNoSymbolicName(String bundle) {
        owners.claim("text", FIRST);

        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> owners.give("text", bundle, "console"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD));
        assertThat(owners.owner("text")).contains(FIRST);
    }
}
