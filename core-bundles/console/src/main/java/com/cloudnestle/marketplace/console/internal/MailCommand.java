package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.notification.MailQueue.GivenUp;
import com.cloudnestle.marketplace.notification.MailQueue.Waiting;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Mails that wait and mails that were given up. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "mail", description = "Shows mails that wait or were given up, or tries one again at once")
public final class MailCommand implements Action {

    private static final int MAX_LIMIT = 1000;

    @Option(name = "--failed", description = "Show those given up within the last 30 days instead")
    boolean failed;

    @Option(name = "--retry", description = "Try this waiting mail again at once", valueToShowInHelp = "mail id")
    @Nullable String retry;

    @Option(name = "--limit", aliases = "-n", description = "Mails to show, 1 to 1000")
    int limit = 50;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    record Mail(String id, String kind, String to, String acceptedAt, String due, String giveUpAt, long attempts,
            boolean beingDelivered) {
        static Mail of(Waiting mail) {
            return new Mail(mail.id(), name(mail.kind()), mail.to(), mail.acceptedAt().toString(), mail.due().toString(),
                    mail.giveUpAt().toString(), mail.attempts(), mail.beingDelivered());
        }
    }

    record Failed(String id, String kind, String to, String acceptedAt, String givenUpAt, String reason, long attempts) {
        static Failed of(GivenUp mail) {
            return new Failed(mail.id(), name(mail.kind()), mail.to(), mail.acceptedAt().toString(), mail.at().toString(),
                    mail.reason(), mail.attempts());
        }
    }

    record WaitingMails(@Nullable String retried, List<Mail> waiting) {}

    record FailedMails(List<Failed> failed) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw MarketplaceException.invalid("--limit", "must be 1 to " + MAX_LIMIT);
        }
        if (failed && retry != null) {
            throw MarketplaceException.invalid("options", "a mail that was given up is gone; the person must ask again");
        }
        if (failed) {
            return failedOnes();
        }
        if (retry != null) {
            platform.mails().retry(retry);
        }
        WaitingMails view = new WaitingMails(retry, platform.mails().waiting(limit).stream().map(Mail::of).toList());
        return new Answer(view, screen -> {
            if (view.retried() != null) {
                screen.line("mail " + view.retried() + " is due now; a node takes it within seconds");
            }
            screen.table(List.of("Mail", "Kind", "To", "Accepted", "Tried", "Next try", "Worth until"),
                    view.waiting().stream()
                            .map(mail -> List.of(mail.id(), mail.kind(), mail.to(), mail.acceptedAt(),
                                    Long.toString(mail.attempts()), mail.beingDelivered() ? "under way" : mail.due(),
                                    mail.giveUpAt()))
                            .toList());
        });
    }

    private Answer failedOnes() {
        FailedMails view = new FailedMails(platform.mails().givenUp(limit).stream().map(Failed::of).toList());
        return new Answer(view, screen -> screen.table(
                List.of("Mail", "Kind", "To", "Accepted", "Given up", "Why", "Tried"),
                view.failed().stream()
                        .map(mail -> List.of(mail.id(), mail.kind(), mail.to(), mail.acceptedAt(), mail.givenUpAt(),
                                mail.reason(), Long.toString(mail.attempts())))
                        .toList()));
    }

    private static String name(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
