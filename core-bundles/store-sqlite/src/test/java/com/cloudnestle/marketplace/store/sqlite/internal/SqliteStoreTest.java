package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract on the real file. */
final class SqliteStoreTest implements StoreContract {

    @TempDir
    Path folder;

    private OpenStore open;

    @BeforeEach
    void open() throws Exception {
        open = OpenStore.in(folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Override
    public Store store() {
        return open.store();
    }

    @Override
    public ManualClock clock() {
        return open.clock();
    }
}
