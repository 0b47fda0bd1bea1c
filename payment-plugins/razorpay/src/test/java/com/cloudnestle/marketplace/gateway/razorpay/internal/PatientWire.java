package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.gateway.razorpay.server.RazorpayServer;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.testing.Abandoned;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * Waits for answers as long as a slow machine needs for them, whatever the configuration says, and gives a request up as soon as the
 * server has it and keeps silent. That a silence ends in its time is the matter of {@link ProtocolTest}.
 */
final class PatientWire extends Wire {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RazorpayServer server;

    PatientWire(RazorpayServer server) {
        super(PATIENCE);
        this.server = server;
    }

    @Override
    Reply exchange(HttpRequest request, Duration patience) throws GatewayException {
        if (!server.keepsSilence()) {
            return super.exchange(request, PATIENCE);
        }
        int before = server.silences();
        return Abandoned.once(() -> server.silences() != before, () -> super.exchange(request, PATIENCE));
    }
}
