package com.cloudnestle.marketplace.store;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The watchers of one store; what implementations of {@link Store#watch} have in common. Thread-safe. */
public final class WriteWatchers {

    private final Map<Table, List<WriteWatcher>> watchers = new EnumMap<>(Table.class);

    public WriteWatchers() {
        Table.all().forEach(table -> watchers.put(table, new CopyOnWriteArrayList<>()));
    }

    public Store.Registration add(Table table, WriteWatcher watcher) {
        List<WriteWatcher> all = watchers.get(table);
        WriteWatcher registered = new Registered(watcher); // so that one watcher registered twice is two
        all.add(registered);
        return () -> all.remove(registered);
    }

    /** To be called after the write and before its caller learns the outcome. */
    public void written(Key key) {
        watchers.get(key.table()).forEach(watcher -> watcher.written(key));
    }

    public void written(List<Write> writes) {
        for (Write write : writes) {
            if (!(write instanceof Write.Check)) {
                written(write.key());
            }
        }
    }

    public void everything() {
        watchers.values().forEach(all -> all.forEach(WriteWatcher::everything));
    }

    private static final class Registered implements WriteWatcher {
        private final WriteWatcher watcher;

        private Registered(WriteWatcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void written(Key key) {
            watcher.written(key);
        }

        @Override
        public void everything() {
            watcher.everything();
        }
    }
}
