package com.cloudnestle.marketplace.identity.internal.password;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Hashes passwords, at most two at once: each takes {@value Argon2Hash#MEMORY_KIB} KiB and tens of milliseconds of a core,
 * so that a flood of trials slows trials and nothing else. Spellings that look alike (NFKC) are one password. Thread-safe.
 */
@Component(service = Passwords.class)
public final class Passwords {

    private static final int AT_ONCE = 2;
    private static final Duration WAIT = Duration.ofSeconds(5);
    /** Nobody's: what an unknown address is compared with, so that it takes as long as a known one. */
    private static final Argon2Hash NOBODY = new Argon2Hash(
            Argon2Hash.MEMORY_KIB, Argon2Hash.PASSES, Argon2Hash.LANES, new byte[16], new byte[32]);

    private final Semaphore places;
    private final Duration wait;
    private final AtomicLong hashes = new AtomicLong();

    @Activate
    public Passwords() {
        this(AT_ONCE, WAIT);
    }

    public Passwords(int atOnce, Duration wait) {
        places = new Semaphore(atOnce, true);
        this.wait = wait;
    }

    /** @throws MarketplaceException {@code too-many-requests} (429) if others keep the processor busy, as all methods here */
    public String hash(String password) {
        return work(() -> Argon2Hash.of(normalised(password)).phc());
    }

    /** @param phc empty: does the same work and says no */
    public boolean verify(String password, Optional<String> phc) {
        String text = normalised(password);
        return work(() -> phc.map(Argon2Hash::parse).orElse(NOBODY).matches(text) && phc.isPresent());
    }

    /** Whether a right password should be hashed again. */
    public boolean outdated(String phc) {
        return Argon2Hash.parse(phc).outdated();
    }

    /** How often a password was hashed since the start. */
    public long hashes() {
        return hashes.get();
    }

    /** Longer texts than any acceptable password are cut: they are wrong in any case. */
    static String normalised(String password) {
        String text = password.length() > PasswordPolicy.MAX_INPUT ? password.substring(0, PasswordPolicy.MAX_INPUT) : password;
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private <T> T work(Supplier<T> work) {
        try {
            if (!places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw MarketplaceException.tooMany("Too many people are signing in right now.", WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MarketplaceException.tooMany("The server is stopping.", WAIT);
        }
        try {
            hashes.incrementAndGet();
            return work.get();
        } finally {
            places.release();
        }
    }
}
