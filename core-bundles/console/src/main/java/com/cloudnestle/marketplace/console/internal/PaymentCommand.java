package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.payment.Payments.PaymentDetail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    @Argument(index = 0, name = "payment", description = "Payment id", required = true)
    String payment = "";

    @Option(name = "--reconcile", description = "Ask the provider now and apply what it says")
    boolean reconcile;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Happened(String at, String kind, String actor, Map<String, String> details) {}

    record Back(String id, String amount, String state, String reason, String actor, String at) {}

    record View(PaymentsCommand.Line payment, String net, String refunded, List<Happened> timeline, List<Back> refunds) {
        static View of(PaymentDetail detail) {
            return new View(PaymentsCommand.Line.of(detail.payment()), detail.payment().quote().net().toString(),
                    detail.payment().refunded().toString(),
                    detail.timeline().stream().map(event -> new Happened(event.at().toString(), event.kind(), event.actor(),
                            new TreeMap<>(event.details()))).toList(),
                    detail.refunds().stream().map(refund -> new Back(refund.id(), refund.amount().toString(),
                            refund.state().name().toLowerCase(Locale.ROOT), refund.reason(), refund.actor(),
                            refund.createdAt().toString())).toList());
        }
    }

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        return shown(reconcile ? platform.payments().reconcile(payment, Platform.ACTOR) : platform.payments().inspect(payment));
    }

    static Answer shown(PaymentDetail detail) {
        View view = View.of(detail);
        return new Answer(view, screen -> {
            PaymentsCommand.Line line = view.payment();
            screen.line(line.id() + " is " + line.state() + (line.failure().isEmpty() ? "" : " (" + line.failure() + ")") + ": "
                    + line.total() + " by " + line.gateway() + " for " + line.solutionId() + " " + line.tier() + " of " + line.customerId());
            screen.line("net " + view.net() + ", given back " + view.refunded());
            screen.table(List.of("When", "What", "Who", "Details"), view.timeline().stream()
                    .map(event -> List.of(event.at(), event.kind(), event.actor(), details(event.details()))).toList());
            if (!view.refunds().isEmpty()) {
                screen.table(List.of("Refund", "Amount", "State", "Reason", "Who", "When"), view.refunds().stream()
                        .map(back -> List.of(back.id(), back.amount(), back.state(), back.reason(), back.actor(), back.at())).toList());
            }
        });
    }

    private static String details(Map<String, String> details) {
        return details.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining(" "));
    }
}
