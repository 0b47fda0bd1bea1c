package com.cloudnestle.marketplace.store;

import java.util.List;

/**
 * A logical table. The name is what an operator sees in SQLite and, with an optional prefix, in DynamoDB. The set is
 * closed so that a store can create and verify all of them at start.
 */
public enum Table {
    USERS("marketplace-users", true),
    ENTITLEMENTS("marketplace-user-solution-entitlements", true),
    TOKENS("marketplace-tokens", true),
    SOLUTIONS("marketplace-solutions", true),
    API_KEYS("marketplace-api-keys", true),
    SESSIONS("marketplace-sessions", true),
    PAYMENT_TRANSACTIONS("marketplace-payment-transactions", true),
    PARTNER_APPLICATIONS("marketplace-partner-applications", true),
    /** Movements of money; only ever added to. */
    LEDGER("marketplace-ledger", true),
    /** Hot counters and usage history; has no index, so that one decision stays one write. */
    USAGE("marketplace-usage-tracking", false),
    AUDIT("marketplace-audit-log", true),
    SYSTEM("marketplace-system", false);

    private final String tableName;
    private final boolean indexed;

    Table(String tableName, boolean indexed) {
        this.tableName = tableName;
        this.indexed = indexed;
    }

    public String tableName() {
        return tableName;
    }

    /** Whether {@link Store#index} may be asked on this table. */
    public boolean indexed() {
        return indexed;
    }

    /** All tables, in a fixed order. */
    public static List<Table> all() {
        return List.of(values());
    }
}
