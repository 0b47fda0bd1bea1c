package com.cloudnestle.marketplace.store;

import java.util.Objects;

/** One write with its condition; also a member of a transaction. */
public sealed interface Write {

    Key key();

    Condition condition();

    /** Replaces the whole item. */
    record Put(Item item, Condition condition) implements Write {
        public Put {
            Objects.requireNonNull(item);
            Objects.requireNonNull(condition);
        }

        @Override
        public Key key() {
            return item.key();
        }
    }

    /** Changes attributes, creating the item if there is none. */
    record Change(Key key, Update update, Condition condition) implements Write {
        public Change {
            Objects.requireNonNull(key);
            Objects.requireNonNull(update);
            Objects.requireNonNull(condition);
        }
    }

    /** Removes the item; removing nothing succeeds if the condition holds. */
    record Delete(Key key, Condition condition) implements Write {
        public Delete {
            Objects.requireNonNull(key);
            Objects.requireNonNull(condition);
        }
    }

    /** Writes nothing, but fails the transaction unless the condition holds. Only inside {@link Store#transact}. */
    record Check(Key key, Condition condition) implements Write {
        public Check {
            Objects.requireNonNull(key);
            Objects.requireNonNull(condition);
        }
    }
}
