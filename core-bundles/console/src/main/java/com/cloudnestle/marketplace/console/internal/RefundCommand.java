package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Gives money back. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "refund", description = "Gives all or some of a payment back; what was bought ends with the last of it")
public final class RefundCommand implements Action {

    @Argument(index = 0, name = "payment", description = "Payment id", required = true)
    String payment = "";

    @Option(name = "--amount", description = "How much, in the payment's currency; all that is left if not given", valueToShowInHelp = "250.00")
    @Nullable String amount;

    @Option(name = "--reason", description = "For the records, 1 to 100 characters", required = true)
    String reason = "";

    @Option(name = "--key", description = "The same key gives back once; else the same amount for the same reason does")
    @Nullable String key;

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
        Optional<Money> wanted = Optional.ofNullable(amount).map(this::money);
        String once = key == null ? "console:" + wanted.map(Money::toString).orElse("all") + ":" + reason : key;
        return PaymentCommand.shown(platform.payments().refund(payment, wanted, reason, once, Platform.ACTOR));
    }

    private Money money(String said) {
        String currency = platform.payments().inspect(payment).payment().refunded().currency();
        try {
            int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
            return new Money(new BigDecimal(said).movePointRight(digits).longValueExact(), currency);
        } catch (ArithmeticException | NumberFormatException e) {
            throw MarketplaceException.invalid("--amount", "must be a number like 250.00, in " + currency);
        }
    }
}
