package com.cloudnestle.marketplace.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How writes share a commit, and what they learn when it fails. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class FunnelTest {

    private static final int SQLITE_IO_ERROR = 10;
    private static final int SQLITE_FULL = 13;
    private static final Update ONE_MORE = Update.builder().add("n", 1).build();

    @TempDir
    Path folder;

    private final HookedConnections connections = new HookedConnections();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private OpenStore open;
    private SqliteStore store;

    @BeforeEach
    void open() throws Exception {
        open = OpenStore.in(folder, connections);
        store = open.store();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        open.close();
    }

    private static Key key(String sk) {
        return new Key(Table.USAGE, "p", sk);
    }

    private static List<Write> oneMore(String sk) {
        return List.of(new Write.Change(key(sk), ONE_MORE, Condition.NONE));
    }

    /** Holds the first commit until the latch opens, and counts all of them. */
    private final class HeldCommit implements HookedConnections.Hook {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final AtomicInteger commits = new AtomicInteger();

        @Override
        public void before(String sql) {
            if (sql.equals("COMMIT") && commits.incrementAndGet() == 1) {
                reached.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Tells of every call that is let in; one that is told of waits or is being committed. */
    private static final class Entrance extends ArrayBlockingQueue<Pending> {
        private static final long serialVersionUID = 1L;

        final Semaphore entered = new Semaphore(0);

        Entrance(int capacity) {
            super(capacity);
        }

        @Override
        public boolean offer(Pending call) {
            boolean taken = super.offer(call);
            if (taken) {
                entered.release();
            }
            return taken;
        }
    }

    private Funnel funnel(Entrance entrance) {
        return new Funnel(open.database().writer(), new Expiry(open.clock()), entrance);
    }

    @Test
    void commitsAllThatWaitTogetherAndAMalformedOneHarmsNoOther() throws Exception {
        store.put(new Item(key("text"), Map.of("n", "text")));
        Entrance entrance = new Entrance(100);
        Funnel funnel = funnel(entrance);
        HeldCommit held = new HeldCommit();
        connections.hook(held);
        Future<?> first = threads.submit(() -> funnel.submit(oneMore("a")));
        held.reached.await();
        List<Future<Group.Outcome>> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(threads.submit(() -> funnel.submit(oneMore("a"))));
        }
        Future<?> malformed = threads.submit(() -> funnel.submit(oneMore("text")));
        entrance.entered.acquire(1 + 20 + 1);

        held.released.countDown();

        first.get();
        for (Future<Group.Outcome> other : others) {
            assertThat(other.get().applied()).isTrue();
        }
        assertThat(malformed).failsWithin(Duration.ofSeconds(60)).withThrowableThat()
                .withCauseInstanceOf(IllegalArgumentException.class);
        assertThat(held.commits).hasValue(2);
        assertThat(store.get(key("a")).orElseThrow().number("n")).hasValue(21);
    }

    @Test
    void refusesWhenTooManyWait() throws Exception {
        Entrance entrance = new Entrance(2);
        Funnel funnel = funnel(entrance);
        HeldCommit held = new HeldCommit();
        connections.hook(held);
        List<Future<?>> accepted = new ArrayList<>();
        accepted.add(threads.submit(() -> funnel.submit(oneMore("a"))));
        held.reached.await();
        accepted.add(threads.submit(() -> funnel.submit(oneMore("a"))));
        accepted.add(threads.submit(() -> funnel.submit(oneMore("a"))));
        entrance.entered.acquire(3);

        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> funnel.submit(oneMore("a")))
                .withMessageContaining("busy");

        held.released.countDown();
        for (Future<?> future : accepted) {
            future.get();
        }
        assertThat(store.get(key("a")).orElseThrow().number("n")).hasValue(3);
    }

    @Test
    void endsTheWriteOfAnInterruptedCallerAndKeepsTheInterrupt() throws Exception {
        Thread.currentThread().interrupt();

        assertThat(store.update(key("a"), ONE_MORE, Condition.NONE).applied()).isTrue();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.get(key("a"))).isPresent();
    }

    @Test
    void stopsForGoodAfterAFailedCommit() throws Exception {
        store.update(key("a"), ONE_MORE, Condition.NONE);
        connections.failOn("COMMIT", SQLITE_IO_ERROR);

        assertThatExceptionOfType(StoreException.OutcomeUnknown.class)
                .isThrownBy(() -> store.update(key("a"), ONE_MORE, Condition.NONE));

        connections.failOn("never", 0);
        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> store.update(key("a"), ONE_MORE, Condition.NONE))
                .withMessageContaining("restarted");
        assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(() -> store.get(key("a")));
        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> store.backup(folder.resolve("b.db")));
        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> store.restore(folder.resolve("b.db")));

        open.close();
        open();
        assertThat(store.get(key("a")).orElseThrow().number("n")).hasValue(1);
    }

    @Test
    void stopsForGoodWhenTheFileCannotBeReadWhileWriting() {
        connections.failOn("SELECT", SQLITE_IO_ERROR);
        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> store.update(key("a"), ONE_MORE, Condition.NONE))
                .withMessageContaining("nothing was applied");

        connections.failOn("never", 0);
        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> store.get(key("a")))
                .withMessageContaining("restarted");
    }

    @Test
    void goesOnAfterAWriteThatFailedBeforeItsCommit() {
        connections.failOn("INSERT", SQLITE_FULL);
        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> store.update(key("a"), ONE_MORE, Condition.NONE))
                .withMessageContaining("nothing was applied");

        connections.failOn("never", 0);
        assertThat(store.get(key("a"))).isEmpty();
        assertThat(store.update(key("a"), ONE_MORE, Condition.NONE).applied()).isTrue();
    }

    @Test
    void keepsWhatItHasAndGoesOnWhenTheFileMayNotGrow() throws Exception {
        open.close();
        Connections small = new Connections() {
            @Override
            public Connection writer(Path file) throws SQLException {
                Connection connection = connections.writer(file);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count = 200");
                }
                return connection;
            }

            @Override
            public Connection reader(Path file) throws SQLException {
                return connections.reader(file);
            }

            @Override
            public Connection plain(Path file) throws SQLException {
                return connections.plain(file);
            }
        };
        open = OpenStore.in(folder, small);
        store = open.store();

        int stored = 0;
        try {
            while (stored < 100) {
                store.put(new Item(key("k" + stored), Map.of("v", "x".repeat(100_000))));
                stored++;
            }
        } catch (StoreException.Unavailable e) {
            assertThat(e).hasMessageContaining("nothing was applied");
        }

        assertThat(stored).isBetween(1, 20);
        assertThat(store.query(Table.USAGE, "p", "k", false, 100, null).items()).hasSize(stored);
        store.delete(key("k0"), Condition.NONE);
        assertThat(store.put(new Item(key("again"), Map.of("v", "x".repeat(50_000)))).applied()).isTrue();
    }

    @Test
    void commitsNothingWhenNothingChanged() {
        store.update(key("a"), ONE_MORE, Condition.NONE);
        connections.failOn("COMMIT", SQLITE_IO_ERROR);

        assertThat(store.update(key("a"), ONE_MORE, Condition.equal("n", 5L)).applied()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.update(
                        key("a"), Update.builder().add("n", Long.MAX_VALUE).build(), Condition.NONE));
    }

    @Test
    void refusesCallsOnceItIsStopped() {
        store.stop();

        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> store.update(key("a"), ONE_MORE, Condition.NONE))
                .withMessageContaining("stopping");
    }
}
