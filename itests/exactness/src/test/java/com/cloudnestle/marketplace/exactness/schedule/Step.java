package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an actor does next: everything from one hand-over of control to the next, of which only the store call matters to others.
 *
 * @param what for people
 * @param touches what the call reads or writes
 * @param everywhere acts on every node, as a clock does
 */
record Step(String what, Kind kind, List<Touch> touches, boolean everywhere) {

    enum Kind {
        LOCAL,
        READ,
        WRITE,
        TRANSACTION
    }

    /** @param sk null: the whole partition */
    record Touch(String pk, @Nullable String sk) {

        /**
         * Ids of holds and idempotency keys may be random, so that the same step has another key in the next run; such
         * partitions are taken as a whole.
         */
        static Touch of(Key key) {
            boolean counter = key.pk().startsWith("quota#") || key.pk().startsWith("usage#");
            return new Touch(key.pk(), counter ? key.sk() : null);
        }

        boolean meets(Touch other) {
            return pk.equals(other.pk) && (sk == null || other.sk == null || sk.equals(other.sk));
        }
    }

    static Step local(String what) {
        return new Step(what, Kind.LOCAL, List.of(), false);
    }

    static Step everywhere(String what) {
        return new Step(what, Kind.LOCAL, List.of(), true);
    }

    static Step get(Key key) {
        return new Step("get " + key.pk() + "/" + key.sk(), Kind.READ, List.of(Touch.of(key)), false);
    }

    static Step query(String pk) {
        return new Step("query " + pk, Kind.READ, List.of(new Touch(pk, null)), false);
    }

    static Step write(Write write) {
        return new Step(text(write), Kind.WRITE, List.of(Touch.of(write.key())), false);
    }

    static Step transaction(List<Write> writes) {
        return new Step("transact " + writes.stream().map(Step::text).toList(), Kind.TRANSACTION,
                writes.stream().map(write -> Touch.of(write.key())).toList(), false);
    }

    private static String text(Write write) {
        String body = write instanceof Write.Change change
                ? " set" + change.update().set() + " add" + change.update().add()
                : "";
        return write.getClass().getSimpleName() + " " + write.key().pk() + "/" + write.key().sk() + body;
    }

    /** Whether two steps of actors on different nodes give the same in either order. */
    boolean commutes(Step other) {
        if (everywhere || other.everywhere) {
            return false;
        }
        if (kind == Kind.READ && other.kind == Kind.READ) {
            return true;
        }
        return touches.stream().noneMatch(mine -> other.touches.stream().anyMatch(mine::meets));
    }
}
