package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Payment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Payments, newest first. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "payments", description = "Shows payments, newest first")
public final class PaymentsCommand implements Action {

    private static final int MAX_LIMIT = 100;

    @Option(name = "--state", description = "Only those in this state: created, open, paid, failed, expired, held or refunded")
    @Nullable String state;

    @Option(name = "--customer", description = "Only those of this customer: id or e-mail address")
    @Nullable String customer;

    @Option(name = "--limit", aliases = "-n", description = "Payments to show, 1 to 100")
    int limit = 20;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Line(String id, String at, String state, String customerId, String solutionId, String tier, String total, String gateway,
            String failure, @Nullable String invoiceNumber, @Nullable String until) {
        static Line of(Payment payment) {
            return new Line(payment.id(), payment.createdAt().toString(), payment.state().name().toLowerCase(Locale.ROOT),
                    payment.customerId(), payment.quote().solutionId(), payment.quote().tier(), payment.quote().total().toString(),
                    payment.gateway(), payment.failure(), payment.invoiceNumber().orElse(null),
                    payment.term().map(term -> term.until().toString()).orElse(null));
        }
    }

    record Lines(List<Line> payments) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw MarketplaceException.invalid("--limit", "must be 1 to " + MAX_LIMIT);
        }
        String whose = Optional.ofNullable(customer).map(said -> platform.customers().require(said).id()).orElse(null);
        Lines view = new Lines(platform.payments().search(wanted(), whose, limit, null).payments().stream().map(Line::of).toList());
        return new Answer(view, screen -> screen.table(
                List.of("Payment", "Begun", "State", "Customer", "For", "Total", "Gateway", "Why", "Invoice"),
                view.payments().stream().map(line -> List.of(line.id(), line.at(), line.state(), line.customerId(),
                        line.solutionId() + " " + line.tier(), line.total(), line.gateway(), line.failure(),
                        line.invoiceNumber() == null ? "" : line.invoiceNumber())).toList()));
    }

    private Payment.@Nullable State wanted() {
        String said = state;
        return said == null ? null : Arrays.stream(Payment.State.values())
                .filter(each -> each.name().equalsIgnoreCase(said)).findFirst()
                .orElseThrow(() -> MarketplaceException.invalid("--state", "must be created, open, paid, failed, expired, held or refunded"));
    }
}
