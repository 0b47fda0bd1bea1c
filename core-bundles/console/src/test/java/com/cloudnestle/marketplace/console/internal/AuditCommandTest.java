package com.cloudnestle.marketplace.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.audit.AuditEntry;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandTest {

    private final Bench bench = new Bench();

    private void entries(int count) {
        for (int i = 0; i < count; i++) {
            bench.audit.append("test", "test.done", "cus_" + i, Map.of("n", "" + i));
        }
    }

    @Test
    void showsTheNewestFirst() {
        entries(3);
        AuditCommand two = new AuditCommand();
        two.limit = 2;

        JsonNode shown = bench.json(two).get("entries");

        assertThat(shown.valueStream().map(e -> e.get("sequence").asLong())).containsExactly(3L, 2L);
        assertThat(shown.get(0).get("details").get("n").asText()).isEqualTo("2");
    }

    @Test
    void goesOnBeforeANumber() {
        entries(3);
        AuditCommand older = new AuditCommand();
        older.before = 2L;

        assertThat(bench.json(older).get("entries").valueStream().map(e -> e.get("sequence").asLong())).containsExactly(1L);
    }

    @Test
    void saysThatTheChainIsWhole() {
        AuditCommand verify = new AuditCommand();
        verify.verify = true;

        assertThat(bench.json(verify).get("whole").asBoolean()).isTrue();
    }

    @Test
    void namesTheFirstBrokenEntry() {
        bench.platform.audit = new AuditLog() {
            @Override
            public AuditEntry append(String actor, String event, String subject, Map<String, String> details) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<AuditEntry> latest(int limit, @Nullable Long before) {
                return List.of();
            }

            @Override
            public Optional<Long> verify() {
                return Optional.of(7L);
            }
        };
        AuditCommand verify = new AuditCommand();
        verify.verify = true;

        JsonNode chain = bench.json(verify);

        assertThat(chain.get("whole").asBoolean(true)).isFalse();
        assertThat(chain.get("first_broken").asLong()).isEqualTo(7);
        verify.json = false;
        assertThat(bench.text(verify)).contains("BROKEN at entry 7");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void refusesALimitOutOfRange(int limit) {
        AuditCommand command = new AuditCommand();
        command.limit = limit;

        assertThat(bench.refusal(command)).hasMessageContaining("1 to 1000");
    }
}
