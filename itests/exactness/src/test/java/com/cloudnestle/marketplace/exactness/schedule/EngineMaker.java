package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.store.Store;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Makes what is under test. */
@FunctionalInterface
public interface EngineMaker {

    Engine make(Surroundings surroundings);

    /** What one node's engine works with. */
    record Surroundings(
            Store store,
            CatalogService catalog,
            EntitlementService entitlements,
            AuditLog audit,
            Nodes nodes,
            InstantSource clock,
            int leaseUnits) {}

    /** One life of a node. */
    interface Engine {

        QuotaService quotas();

        UsageHistory history();

        /** Which counting the units belong to, of the countings of one window that followed one another; empty if it cannot be told. */
        default OptionalLong era(Decision.Receipt receipt) {
            return OptionalLong.empty();
        }

        /** How the counters of older software are taken over. */
        default CarriedUsage carriedUsage() {
            throw new UnsupportedOperationException();
        }

        /** What a node does from time to time: hands back idle units, releases expired holds. */
        void tick();

        /** An orderly end. */
        void stop();
    }
}
