package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link AuditLog} must do. */
public abstract class AuditLogContract {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private AuditLog log = new RecordingAuditLog(clock);

    /** An empty log. */
    protected abstract AuditLog log(InstantSource clock);

    @BeforeEach
    void open() {
        log = log(clock);
    }

    @Test
    void keepsWhatWasAppended() {
        AuditEntry entry = log.append("admin", "tier.changed", "cus_1", Map.of("from", "registered", "to", "pro"));

        assertThat(entry.sequence()).isEqualTo(1);
        assertThat(entry.at()).isEqualTo(NOON);
        assertThat(entry.actor()).isEqualTo("admin");
        assertThat(entry.event()).isEqualTo("tier.changed");
        assertThat(entry.subject()).isEqualTo("cus_1");
        assertThat(entry.details()).containsOnly(Map.entry("from", "registered"), Map.entry("to", "pro"));
        assertThat(entry.hash()).matches("[0-9a-f]{64}");
        assertThat(log.latest(10, null)).containsExactly(entry);
    }

    @Test
    void numbersWithoutGapsAndShowsTheNewestFirst() {
        append(5);

        assertThat(log.latest(2, null)).extracting(AuditEntry::sequence).containsExactly(5L, 4L);
        assertThat(log.latest(10, 4L)).extracting(AuditEntry::sequence).containsExactly(3L, 2L, 1L);
        assertThat(log.latest(10, 1L)).isEmpty();
        assertThat(log.latest(10, 99L)).hasSize(5);
    }

    @Test
    void bindsEqualEntriesToTheirPlace() {
        append(2);

        assertThat(log.latest(2, null)).extracting(AuditEntry::hash).doesNotHaveDuplicates();
    }

    @Test
    void isWholeWhenNobodyTouchedIt() {
        assertThat(log.verify()).isEmpty();
        append(3);
        assertThat(log.verify()).isEmpty();
    }

    @Test
    void goesOnWhenTheClockGoesBackwards() {
        append(1);
        clock.set(NOON.minusSeconds(3600));
        append(1);

        assertThat(log.latest(10, null)).extracting(AuditEntry::at).containsExactly(NOON.minusSeconds(3600), NOON);
        assertThat(log.verify()).isEmpty();
    }

    @Test
    void losesNothingWhenManyAppend() {
        List<Long> numbers = Together.run(16, () -> {
            log.append("system", "test.ran", "here", Map.of());
            return log.append("system", "test.ran", "here", Map.of()).sequence();
        });

        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(log.latest(100, null))
                .extracting(AuditEntry::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 32).mapToObj(i -> 33 - i).toList());
        assertThat(log.verify()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', tier.changed, cus_1", "admin, tier.changed, ' '", "admin, Tier.Changed, cus_1", "admin, '', cus_1",
        "admin, tier changed, cus_1", "admin, tier., cus_1"})
    void refusesAnEntryThatSaysNotWhoDidWhatToWhom(String actor, String event, String subject) {
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(actor, event, subject, Map.of()));
        assertThat(log.latest(1, null)).isEmpty();
    }

    @Test
    void refusesMoreDetailsThanAreRead() {
        log.append("admin", "test.ran", "here", Map.of("text", "x".repeat(1_996)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.append("admin", "test.ran", "here", Map.of("text", "x".repeat(1_997))));
        assertThat(log.latest(10, null)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void refusesALimitOutOfRange(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> log.latest(limit, null));
    }

    private void append(int times) {
        for (int i = 0; i < times; i++) {
            log.append("admin", "test.ran", "here", Map.of());
        }
    }
}
