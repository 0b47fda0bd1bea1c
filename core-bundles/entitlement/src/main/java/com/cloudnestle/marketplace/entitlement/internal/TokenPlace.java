package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of one customer and solution, as the entitlement's item knows them: the generation of the current one, and
 * the older ones that may still work. Kept here and not found by an index, because an index may lag, and revoking all
 * must miss none.
 *
 * @param generation empty if no token was ever made
 * @param older tokens that were current before and may still work
 */
record TokenPlace(Item seen, Entitlement entitlement, Optional<Generation> generation, List<Older> older) {

    /** Kept this long after their end, so that none is forgotten while a clock that ran ahead is set right. */
    private static final Duration REMEMBER = Duration.ofDays(30);
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String NUMBER = "tokenGeneration";
    private static final String NONCE = "tokenNonce";
    private static final String HASH = "tokenHash";
    private static final String OLDER = "olderTokens";

    /**
     * Which token is the current one.
     *
     * @param nonce empty: older software made this token, so it cannot be derived
     */
    record Generation(long number, String nonce, String hash) {
        boolean derived() {
            return !nonce.isEmpty();
        }

        Generation hashed(String newHash) {
            return new Generation(number, nonce, newHash);
        }
    }

    /** @param end when it stops working by itself; {@link Instant#MAX}: never */
    record Older(String hash, Instant end) {

        private static final String NEVER = "-";

        static Older parse(String text) {
            int at = text.indexOf('@');
            String end = text.substring(at + 1);
            return new Older(text.substring(0, at),
                    end.equals(NEVER) ? Instant.MAX : Instant.ofEpochMilli(Long.parseLong(end)));
        }

        @Override
        public String toString() {
            return hash + "@" + (end.equals(Instant.MAX) ? NEVER : Long.toString(end.toEpochMilli()));
        }
    }

    static TokenPlace read(Item item) {
        Optional<Generation> generation = item.string(HASH).map(hash ->
                new Generation(item.number(NUMBER).orElseThrow(), item.string(NONCE).orElse(""), hash));
        List<Older> older = item.string(OLDER).filter(text -> !text.isEmpty()).stream()
                .flatMap(text -> List.of(text.split(" ")).stream())
                .map(Older::parse)
                .toList();
        return new TokenPlace(item, EntitlementItem.entitlement(item), generation, older);
    }

    /** Number and nonce of the next token; its hash is not known yet. */
    Generation next() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return new Generation(generation.map(Generation::number).orElse(0L) + 1, HexFormat.of().formatHex(nonce), "");
    }

    /** Hashes of all tokens that may work. */
    List<String> hashes() {
        List<String> hashes = new ArrayList<>();
        generation.ifPresent(current -> hashes.add(current.hash()));
        older.forEach(each -> hashes.add(each.hash()));
        return hashes;
    }

    long working(Instant now) {
        return older.stream().filter(each -> each.end().isAfter(now)).count();
    }

    /**
     * Makes {@code next} the current token.
     *
     * @param goesOn the one that was current, if it still works
     * @param max how many older ones to remember at most; those that ended first are dropped first
     */
    Write moveTo(Generation next, Optional<Older> goesOn, Instant now, int max) {
        List<Older> kept = new ArrayList<>(older);
        goesOn.ifPresent(kept::add);
        kept.removeIf(each -> !each.end().equals(Instant.MAX) && each.end().plus(REMEMBER).isBefore(now));
        kept.sort(Comparator.comparing(Older::end).reversed());
        kept.subList(Math.min(max, kept.size()), kept.size()).removeIf(each -> !each.end().isAfter(now));
        Update update = Update.builder()
                .set(NUMBER, next.number())
                .set(NONCE, next.nonce())
                .set(HASH, next.hash())
                .set(OLDER, String.join(" ", kept.stream().map(Older::toString).toList()))
                .build();
        return new Write.Change(seen.key(), update, unmoved());
    }

    /** Remembers a token that older software gave out, beside those that are known. */
    Write alongside(String hash) {
        List<Older> all = new ArrayList<>(older);
        all.removeIf(each -> each.hash().equals(hash));
        all.add(new Older(hash, Instant.MAX));
        Update update = Update.builder()
                .set(OLDER, String.join(" ", all.stream().map(Older::toString).toList()))
                .build();
        return new Write.Change(seen.key(), update, unmoved());
    }

    /** Ends the entitlement, provided that nothing of it changed since it was read. */
    Write end() {
        return new Write.Delete(seen.key(), Condition.all(unmoved(), EntitlementItem.unchanged(seen)));
    }

    /** What the item of an entitlement holds whose current token older software made. */
    static Map<String, Object> beginningWith(String hash) {
        return Map.of(NUMBER, 0L, HASH, hash);
    }

    /** Holds while no newer token was made and no older one was remembered. */
    private Condition unmoved() {
        Condition sameCurrent = generation.map(current -> Condition.equal(HASH, current.hash()))
                .orElse(Condition.all(Condition.exists(EntitlementItem.TIER), Condition.absent(HASH)));
        Condition sameOlder =
                seen.string(OLDER).map(text -> Condition.equal(OLDER, text)).orElse(Condition.absent(OLDER));
        return Condition.all(sameCurrent, sameOlder);
    }
}
