package com.cloudnestle.marketplace.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dies in the middle, in a JVM of its own, and looks at what is left. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class CrashTest {

    private static final int WRITERS = 6;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path folder;

    @Test
    void losesNothingAcknowledgedAndKeepsTransactionsWholeWhenKilled() throws Exception {
        long stored = 0;
        for (int round = 0; round < 4; round++) {
            Path file = Files.createTempFile(folder, "acknowledged", "");
            try (ChildProcess child = ChildProcess.start("count", folder.resolve("store"), file, WRITERS)) {
                for (int lines = 0; lines <= round; lines++) {
                    child.line();
                }
                child.kill();
                assertThat(child.exitCode()).isEqualTo(KILLED);
            }
            Acknowledgements acks = Acknowledgements.map(file, WRITERS);
            try (OpenStore open = OpenStore.in(folder.resolve("store"))) {
                long now = number(open.store(), StoreProcess.COUNTER);
                assertThat(acks.acknowledged()).isGreaterThan(StoreProcess.ACKNOWLEDGED_PER_LINE / 2);
                assertThat(now - stored).isBetween(acks.acknowledged(), acks.tried());
                assertThat(acks.tried() - acks.acknowledged()).isLessThanOrEqualTo(WRITERS);
                assertThatPairsAreWhole(open.store(), now);
                stored = now;
            }
        }
    }

    private static void assertThatPairsAreWhole(Store store, long total) {
        long sum = 0;
        for (int writer = 0; writer < WRITERS; writer++) {
            long left = number(store, StoreProcess.left(writer));
            assertThat(number(store, StoreProcess.right(writer))).isEqualTo(left);
            sum += left;
        }
        assertThat(sum).isEqualTo(total);
    }

    private static long number(Store store, Key key) {
        return store.get(key).map(item -> item.number("n", 0)).orElse(0L);
    }

    @ParameterizedTest
    @CsvSource({"third-row, 0", "before-commit, 0", "after-commit, 5"})
    void leavesNoHalfTransaction(String moment, int expected) throws Exception {
        try (ChildProcess child = ChildProcess.start("halt", folder, moment)) {
            assertThat(child.exitCode()).isEqualTo(7);
        }
        try (OpenStore open = OpenStore.in(folder)) {
            assertThat(StoreProcess.haltedKeys().stream().map(open.store()::get).filter(Optional<Item>::isPresent))
                    .hasSize(expected);
        }
    }
}
