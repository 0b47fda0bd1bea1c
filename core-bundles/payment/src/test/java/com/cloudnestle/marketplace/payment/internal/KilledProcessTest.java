package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.sqlite.internal.SqliteFile;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process on the embedded store is killed while notifications pour in: what it acknowledged is not lost. */
@Timeout(300)
class KilledProcessTest {

    private static final int PAYMENTS = 100;
    private static final int ACKNOWLEDGED = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static int acknowledgements;

    private static void makeCustomers(World world) {
        for (int i = 0; i < PAYMENTS; i++) {
            world.customers.adopt(customer(i), EmailAddress.parse("email", "buyer" + i + "@example.com"));
        }
    }

    private static UUID customer(int i) {
        return new UUID(0x4000L, 0x8000_0000_0000_0000L + i);
    }

    /** The process that will be killed: begins and is paid, then takes notifications in as fast as it can. */
    public static void main(String[] arguments) throws Exception {
        ManualClock clock = new ManualClock(World.NOON);
        SqliteFile file = SqliteFile.open(Path.of(arguments[0]), clock);
        World world = new World(clock, file.store());
        makeCustomers(world);
        WorkerThreads threads = new WorkerThreads();
        Payments payments = new PaymentsComponent(new Parts(new Parts.Platform(world.data,
                new StoredLedger(world.data, (StoreScan) world.data), world.catalog, world.customers, world.entitlements, world.audit,
                clock, "node_killed", world.mailer, world.accounts), new InstalledGateways(world.gateways), new PaymentSettings(World.india(), false, false,
                Duration.ofMinutes(15), List.of(), Duration.ofSeconds(2), World.DOCUMENTS), new PublicAddress(Map.of(), name -> null), threads));
        ExecutorService senders = Executors.newFixedThreadPool(16);
        List<Future<String>> begun = new ArrayList<>();
        for (int i = 0; i < PAYMENTS; i++) {
            Purchase purchase = new Purchase("cus_" + customer(i), World.FINDER, "pro", World.BUYER, null, null, "k");
            begun.add(senders.submit(() -> payments.initiate(purchase).id()));
        }
        List<String> ids = new ArrayList<>();
        for (Future<String> one : begun) {
            ids.add(one.get());
        }
        ids.forEach(world.provider::pay);
        for (String id : ids) {
            senders.submit(() -> {
                payments.accept(Optional.of("lab"), world.provider.webhook("captured", id, World.NOON));
                return acknowledge(Path.of(arguments[1]), id);
            });
        }
        senders.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** All but the last, so that whoever kills this process comes in time even if it is slow. */
    private static synchronized Path acknowledge(Path file, String id) throws IOException {
        if (++acknowledgements == PAYMENTS) {
            LockSupport.parkNanos(PATIENCE.toNanos());
        }
        return Files.writeString(file, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> acknowledged(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).stream().filter(line -> line.length() == 30).toList() : List.of();
    }

    @Test
    void acknowledgedNotificationsOutliveTheProcess(@TempDir Path folder) throws Exception {
        Path acknowledgements = folder.resolve("acknowledged");
        java.lang.Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.logFile=System.out", // not the file that this process writes to: it would be emptied
                "-cp", System.getProperty("java.class.path"), KilledProcessTest.class.getName(),
                folder.resolve("store").toString(), acknowledgements.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
        long started = System.nanoTime();
        while (acknowledged(acknowledgements).size() < ACKNOWLEDGED && process.isAlive()) {
            assertThat(System.nanoTime() - started).as("nanoseconds waited").isLessThan(PATIENCE.toNanos());
            LockSupport.parkNanos(2_000_000);
        }
        process.destroyForcibly().waitFor();
        List<String> ids = acknowledged(acknowledgements);
        assertThat(ids.size()).as("acknowledged, of %s; %s", PAYMENTS, Files.readString(folder.resolve("output")))
                .isBetween(ACKNOWLEDGED, PAYMENTS - 1);

        ManualClock clock = new ManualClock(World.NOON.plusSeconds(5));
        try (SqliteFile file = SqliteFile.open(folder.resolve("store"), clock)) {
            World world = new World(clock, file.store());
            makeCustomers(world);
            for (String id : ids) {
                Provider.Order order = new Provider.Order("order_" + id, "acc_1", World.TOTAL);
                order.state = PaymentSnapshot.State.CAPTURED;
                world.provider.orders.put(id, order);
            }
            Process next = world.start();
            next.pass(Duration.ofMinutes(4), Duration.ofSeconds(10));

            for (String id : ids) {
                assertThat(next.payments.inspect(id).payment().state()).as(id).isEqualTo(State.PAID);
                assertThat(next.payments.inspect(id).timeline()).as("%s, and not only because somebody asked anyway", id)
                        .extracting("kind").contains("webhook.accepted");
            }
            assertThat(next.ledger.check().problems()).isEmpty();
            assertThat(world.balance("income:sales:finder")).isEqualTo(sold(next));
        }
    }

    /** One price for each payment that is paid, whether it was acknowledged or not. */
    private static Money sold(Process process) {
        long paid = 0;
        Optional<String> cursor = Optional.empty();
        do {
            var page = process.payments.search(State.PAID, null, 100, cursor.orElse(null));
            paid += page.payments().size();
            cursor = page.cursor();
        } while (cursor.isPresent());
        return new Money(-99_900 * paid, "INR");
    }
}
