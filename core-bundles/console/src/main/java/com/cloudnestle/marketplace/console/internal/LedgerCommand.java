package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.ledger.Ledger.Report;
import com.cloudnestle.marketplace.ledger.LedgerTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** The book of all money. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "ledger", description = "Shows the latest movements of money, or adds everything up anew")
public final class LedgerCommand implements Action {

    private static final int MAX_LIMIT = 1000;

    @Option(name = "--check", description = "Add everything up and name what does not fit")
    boolean check;

    @Option(name = "--limit", aliases = "-n", description = "Transactions to show, 1 to 1000")
    int limit = 20;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Line(String account, String amount) {}

    record Transaction(String id, String at, String kind, List<Line> postings) {
        static Transaction of(LedgerTransaction transaction) {
            return new Transaction(transaction.id(), transaction.at().toString(), transaction.kind(), transaction.postings().stream()
                    .map(posting -> new Line(posting.account(), posting.amount().toString())).toList());
        }
    }

    record Transactions(List<Transaction> transactions) {}

    /** @param problems empty: all is well */
    record Checked(long transactions, List<Line> balances, List<String> problems) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw MarketplaceException.invalid("--limit", "must be 1 to " + MAX_LIMIT);
        }
        return check ? checked() : latest();
    }

    private Answer latest() {
        Transactions view = new Transactions(
                platform.ledger().latest(limit, null).transactions().stream().map(Transaction::of).toList());
        List<List<String>> rows = new ArrayList<>();
        for (Transaction transaction : view.transactions()) {
            for (Line line : transaction.postings()) {
                rows.add(List.of(transaction.at(), transaction.id(), line.account(), line.amount()));
            }
        }
        return new Answer(view, screen -> screen.table(List.of("When", "Transaction", "Account", "Amount"), rows));
    }

    private Answer checked() {
        Report report = platform.ledger().check();
        List<Line> balances = report.balances().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> each.getValue().stream().map(money -> new Line(each.getKey(), money.toString())))
                .toList();
        Checked view = new Checked(report.transactions(), balances, report.problems());
        return new Answer(view, screen -> {
            screen.table(List.of("Account", "Balance"),
                    balances.stream().map(line -> List.of(line.account(), line.amount())).toList());
            view.problems().forEach(problem -> screen.line("PROBLEM: " + problem));
            screen.line(view.transactions() + " transactions, " + (view.problems().isEmpty() ? "all adds up"
                    : view.problems().size() + " problems"));
        });
    }
}
