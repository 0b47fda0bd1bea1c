package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.payment.Payments.PaymentDetail;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** One payment with all that happened to it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "payment", description = "Shows a payment with all that happened to it, or asks its provider now")
public final class PaymentCommand implements Action {

    @Argument(index = 0, name = "payment", description = "Payment id, or the number of its invoice or of a credit note", required = true)
    String payment = "";

    @Option(name = "--reconcile", description = "Ask the provider now and apply what it says")
    boolean reconcile;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        return shown(reconcile ? platform.payments().reconcile(payment, Platform.ACTOR) : platform.payments().inspect(payment));
    }

    static Answer shown(PaymentDetail detail) {
        PaymentReport report = PaymentReport.of(detail);
        return new Answer(report, report::show);
    }
}
