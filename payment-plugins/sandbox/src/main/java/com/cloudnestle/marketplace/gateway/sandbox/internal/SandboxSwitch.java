package com.cloudnestle.marketplace.gateway.sandbox.internal;

import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the pretended provider, and all that stands on it, begin where no money is at stake: in production nobody must be able to buy
 * with a button.
 */
@Component(service = SandboxSwitch.class, immediate = true)
public final class SandboxSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxSwitch.class);

    private final ComponentContext context;

    @Activate
    public SandboxSwitch(ComponentContext context, @Reference PublicAddress address, @Reference Seriousness seriousness) {
        this.context = context;
        if (allowed(address, seriousness)) {
            LOG.warn("event=sandbox_started; anybody can pay with a button, and no money moves");
            context.enableComponent(SandboxProvider.class.getName());
        } else {
            LOG.error("event=sandbox_refused reason=\"this is production\"; remove the sandbox gateway, or say production = false in "
                    + "com.cloudnestle.marketplace.payment.cfg on a server for trials");
        }
    }

    /** By what the operator says; where nothing is said, an address with TLS is taken for production. */
    static boolean allowed(PublicAddress address, Seriousness seriousness) {
        return !seriousness.production().orElse(address.forPeople());
    }

    @Deactivate
    void stop() {
        if (context.getBundleContext().getBundle().getState() == Bundle.ACTIVE) { // else it ends with the bundle
            context.disableComponent(SandboxProvider.class.getName());
        }
    }
}
