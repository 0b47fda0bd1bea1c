package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.identity.CustomerDirectory;
import java.time.InstantSource;

class InMemoryCustomersTest extends CustomerDirectoryContract {

    @Override
    protected CustomerDirectory directory(InstantSource clock) {
        return new InMemoryCustomers(clock);
    }
}
