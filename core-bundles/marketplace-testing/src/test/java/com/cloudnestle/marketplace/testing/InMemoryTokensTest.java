package com.cloudnestle.marketplace.testing;

class InMemoryTokensTest extends SolutionTokensContract {

    @Override
    protected Services services() {
        InMemoryEntitlements entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
        return new Services(entitlements, new InMemoryTokens(catalog, entitlements, audit, clock));
    }
}
