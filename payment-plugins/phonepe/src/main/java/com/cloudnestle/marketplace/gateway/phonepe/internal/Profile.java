package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import java.util.Optional;

/**
 * What a gateway is to buyers and operators.
 *
 * @param account PhonePe's merchant id
 * @param mandateMaximum most that one later charge may take, in paise; empty: no mandates
 */
record Profile(
        String id, String account, GatewayCapabilities capabilities, PageOpening page, Optional<Long> mandateMaximum) {}
