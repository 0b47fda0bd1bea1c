package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.gateway.razorpay.server.RazorpayServer;
import com.cloudnestle.marketplace.payment.GatewayException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

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
        return server.keepsSilence() ? untilSilence(request) : super.exchange(request, PATIENCE);
    }

    private Reply untilSilence(HttpRequest request) throws GatewayException {
        int before = server.silences();
        FutureTask<Reply> sending = new FutureTask<>(() -> super.exchange(request, PATIENCE));
        Thread sender = new Thread(sending, "patient-wire");
        sender.start();
        while (!sending.isDone() && server.silences() == before) {
            LockSupport.parkNanos(1_000_000);
        }
        if (!sending.isDone()) {
            sender.interrupt();
        }
        try {
            return sending.get();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GatewayException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        }
    }
}
