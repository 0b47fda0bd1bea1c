package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.SignUp;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.Mailer;
import com.cloudnestle.marketplace.platform.FirstStartNotices;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import com.cloudnestle.marketplace.testing.RecordingMailer;
import com.cloudnestle.marketplace.testing.RecordingNotices;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Sign-ins and session checks of the real identity bundle over the embedded store, each beside the least that it could be: one bare
 * Argon2id hash, and one SHA-256 with one look into a map. Arguments: directory, sign-ins, session checks. Prints lines of
 * {@code name number unit}; fails if a session check writes to the store.
 */
public final class PeopleRates {

    private static final String PASSWORD = "plum-otter-glider-47";
    private static final int PEOPLE = 20;
    private static final int WARM_CHECKS = 200_000;
    /** As the bundle hashes: 19 MiB, 2 passes, 1 lane. */
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int HASHES = 100;
    private static final int ROUNDS = 21;

    private PeopleRates() {}

    public static void main(String[] args) throws Exception {
        int signIns = Integer.parseInt(args[1]);
        int checks = Integer.parseInt(args[2]);
        System.setProperty("karaf.data", args[0]);
        RecordingMailer mailer = new RecordingMailer();
        Clock clock = Clock.systemUTC();
        try (Wiring wiring = new Wiring(new HashMap<>(Map.of()))) {
            wiring.give(java.time.InstantSource.class, clock)
                    .give(ServerSecrets.class, new FixedSecrets())
                    .give(AuditLog.class, new RecordingAuditLog(clock))
                    .give(Nodes.class, new FixedNodes())
                    .give(FirstStartNotices.class, new RecordingNotices())
                    .give(Mailer.class, mailer);
            CountingStore store = new CountingStore(wiring.get(Store.class));
            wiring.give(Store.class, store);
            List<EmailAddress> people = people(wiring.get(SignUp.class), mailer);
            List<String> secrets = signIns(wiring.get(SignIn.class), store, people, signIns);
            checks(wiring.get(Sessions.class), store, secrets, checks);
        }
    }

    private static Client from(int network) {
        return new Client("10." + network / 250 + "." + network % 250 + ".7", "Mozilla/5.0 Firefox/144.0", Optional.empty(), "en");
    }

    private static List<EmailAddress> people(SignUp signUp, RecordingMailer mailer) {
        List<EmailAddress> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            EmailAddress email = EmailAddress.parse("email", "person-" + i + "@example.com");
            mailer.clear();
            SignUp.Pending pending = signUp.begin(new SignUp.Request(email, PASSWORD, "Ann", "en", Optional.empty()), from(i));
            while (!mailer.kinds().contains(Mail.Kind.VERIFY_EMAIL)) {
                LockSupport.parkNanos(1_000_000); // mails are errands
            }
            String code = mailer.last(Mail.Kind.VERIFY_EMAIL).values().getOrDefault("code", "");
            signUp.confirm(code, new SignUp.Proof.PendingSecret(pending.secret()), from(i));
            people.add(email);
        }
        return people;
    }

    private static List<String> signIns(SignIn signIn, CountingStore store, List<EmailAddress> people, int count) {
        long bare = bareHash();
        List<String> secrets = new ArrayList<>();
        long writes = store.calls();
        long[] took = new long[count];
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            SignIn.Done done = (SignIn.Done) signIn.withPassword(people.get(i % people.size()), PASSWORD, "", from(PEOPLE + i));
            took[i] = System.nanoTime() - began;
            secrets.add(done.session().secret());
        }
        bare = Math.min(bare, bareHash());
        Arrays.sort(took);
        print("sign-ins", count, "");
        print("sign-in, median", took[count / 2] / 1e6, "ms");
        print("sign-in, 99 %", took[count * 99 / 100] / 1e6, "ms");
        print("bare Argon2id hash, median", bare / 1e6, "ms");
        print("sign-in / bare hash", (double) took[count / 2] / bare, "");
        print("store writes per sign-in", (double) (store.calls() - writes) / count, "");
        return secrets;
    }

    private static long bareHash() {
        long[] took = new long[HASHES];
        for (int i = 0; i < HASHES; i++) {
            long began = System.nanoTime();
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(MEMORY_KIB).withIterations(2)
                    .withParallelism(1).withSalt(new byte[16]).build());
            generator.generateBytes(PASSWORD.getBytes(StandardCharsets.UTF_8), new byte[32]);
            took[i] = System.nanoTime() - began;
        }
        Arrays.sort(took);
        return took[HASHES / 2];
    }

    private static void checks(Sessions sessions, CountingStore store, List<String> secrets, int count) throws Exception {
        Map<String, String> map = new ConcurrentHashMap<>();
        for (String secret : secrets) {
            map.put(hash(secret), secret);
        }
        // once each: what was never asked for is read from the store
        secrets.forEach(secret -> sessions.authenticate(secret).orElseThrow());
        for (int i = 0; i < WARM_CHECKS; i++) {
            sessions.authenticate(secrets.get(i % secrets.size())).orElseThrow();
            map.get(hash(secrets.get(i % secrets.size())));
        }
        long writes = store.calls();
        long[] took = new long[ROUNDS];
        long[] bare = new long[ROUNDS];
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) { // in turns, so that what else the machine does meets both
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                found += map.get(hash(secrets.get(i % secrets.size()))) == null ? 0 : 1;
            }
            long between = System.nanoTime();
            for (int i = 0; i < count; i++) {
                found += sessions.authenticate(secrets.get(i % secrets.size())).isPresent() ? 1 : 0;
            }
            took[round] = System.nanoTime() - between;
            bare[round] = between - began;
        }
        if (found != 2L * ROUNDS * count) {
            throw new IllegalStateException("a session that lives was not found");
        }
        Arrays.sort(took);
        Arrays.sort(bare);
        double each = (double) took[ROUNDS / 2] / count;
        double bareEach = (double) bare[ROUNDS / 2] / count;
        print("session checks, " + ROUNDS + " rounds of", count, "");
        print("session check, mean of the median round", each, "ns");
        print("SHA-256 and a map, mean of the median round", bareEach, "ns");
        print("session check / SHA-256 and a map", each / bareEach, "");
        print("store writes by session checks", store.calls() - writes, "");
        if (store.calls() != writes) {
            throw new IllegalStateException("a session check wrote to the store");
        }
    }

    private static String hash(String secret) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static void print(String name, double number, String unit) {
        System.out.printf(Locale.ROOT, "%s: %.2f %s%n", name, number, unit);
    }
}
