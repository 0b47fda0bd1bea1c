package com.cloudnestle.marketplace.platform.internal;

import java.time.Instant;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The time of the machine, published so that everybody else can be given another one. */
@Component(service = InstantSource.class)
public final class SystemTime implements InstantSource {

    private final InstantSource system = InstantSource.system();

    @Activate
    public SystemTime() {}

    @Override
    public Instant instant() {
        return system.instant();
    }
}
