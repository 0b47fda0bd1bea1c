package com.cloudnestle.marketplace.quota.internal.exactness;

import com.cloudnestle.marketplace.exactness.schedule.EngineMaker;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.quota.internal.CarriedCounts;
import com.cloudnestle.marketplace.quota.internal.FixedWindowQuotaService;
import com.cloudnestle.marketplace.quota.internal.QuotaEngine;
import com.cloudnestle.marketplace.quota.internal.QuotaSettings;
import com.cloudnestle.marketplace.quota.internal.Receipts;
import java.util.OptionalLong;

/** The engine of the product, counting ahead also where limits are smaller than those it does so for by default. */
public final class RealEngine implements EngineMaker {

    @Override
    public Engine make(Surroundings with) {
        QuotaSettings settings = QuotaSettings.defaults().withLease(with.leaseUnits()).withLeaseFromLimit(1);
        QuotaEngine engine = QuotaEngine.create(
                with.store(), with.catalog(), with.entitlements(), with.audit(), with.nodes(), with.clock(), settings);
        return new Running(engine, FixedWindowQuotaService.of(engine), new CarriedCounts(with.clock()));
    }

    private record Running(QuotaEngine engine, QuotaService quotas, CarriedUsage carriedUsage) implements Engine {

        @Override
        public UsageHistory history() {
            return engine.history();
        }

        @Override
        public OptionalLong era(Decision.Receipt receipt) {
            return Receipts.era(receipt);
        }

        @Override
        public void tick() {
            engine.tick();
        }

        @Override
        public void stop() {
            engine.close();
        }
    }
}
