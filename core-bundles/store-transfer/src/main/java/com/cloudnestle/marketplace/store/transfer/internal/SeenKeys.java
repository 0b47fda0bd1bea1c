package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which keys there were, in about 20 bytes each however long they are: of every key the first eight bytes of its SHA-256.
 * Among ten million keys two have these in common with a probability of 1 to 370,000.
 */
final class SeenKeys {

    private static final int FIRST_SLOTS = 1 << 10;
    /** Stands for an empty slot; a key with just this sum is taken for its neighbour. */
    private static final long FREE = 0;

    private final MessageDigest sha256;
    private long[] slots = new long[FIRST_SLOTS];
    private int used;

    SeenKeys() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** False if it was there already. */
    boolean add(Key key) {
        if (used * 8L > slots.length * 5L) {
            grow();
        }
        long sum = sum(key);
        int slot = slotOf(slots, sum);
        if (slots[slot] != FREE) {
            return false;
        }
        slots[slot] = sum;
        used++;
        return true;
    }

    private long sum(Key key) {
        byte[] pk = key.pk().getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(8).putInt(key.table().ordinal()).putInt(pk.length).flip());
        sha256.update(pk);
        sha256.update(key.sk().getBytes(StandardCharsets.UTF_8));
        long sum = ByteBuffer.wrap(sha256.digest()).getLong();
        return sum == FREE ? FREE + 1 : sum;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long sum : slots) {
            if (sum != FREE) {
                larger[slotOf(larger, sum)] = sum;
            }
        }
        slots = larger;
    }

    /** Where it is or would be. */
    private static int slotOf(long[] slots, long sum) {
        int slot = (int) sum & slots.length - 1;
        while (slots[slot] != FREE && slots[slot] != sum) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
