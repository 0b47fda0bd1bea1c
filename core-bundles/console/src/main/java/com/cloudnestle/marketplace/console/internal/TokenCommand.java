package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Shows a customer's solution token, which is its purpose: the one command beside {@code market:key} that prints a secret. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "token", description = "Shows, rotates or revokes a customer's token for a solution")
public final class TokenCommand implements Action {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})([smhd])");

    @Argument(index = 0, name = "customer", description = "E-mail address or customer id", required = true)
    @Completion(CustomerCompleter.class)
    String who = "";

    @Argument(index = 1, name = "solution", description = "Solution id or alias", required = true)
    @Completion(SolutionCompleter.class)
    String solution = "";

    @Option(name = "--rotate", description = "Make a new token; the present one ends")
    boolean rotate;

    @Option(name = "--grace", description = "With --rotate: how long the present token works on, e.g. 30m, 1h, 7d",
            valueToShowInHelp = "0s")
    @Nullable String grace;

    @Option(name = "--revoke", description = "End every token the customer has for the solution, at once")
    boolean revoke;

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /** @param expiresAt null: permanent */
    record View(
            String token,
            String tokenId,
            String customerId,
            String email,
            String solutionId,
            String issuedAt,
            @Nullable String expiresAt,
            boolean newlyMade) {}

    record Revoked(String customerId, String email, String solutionId, boolean revoked) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        if (rotate && revoke) {
            throw MarketplaceException.invalid("--rotate", "cannot be given together with --revoke");
        }
        if (grace != null && !rotate) {
            throw MarketplaceException.invalid("--grace", "only makes sense together with --rotate");
        }
        Duration overlap = grace == null ? Duration.ZERO : duration(grace);
        CatalogEntry entry = platform.catalog().require(solution);
        Customer customer = new Customers(platform).existing(who);
        requireAccess(customer, entry);
        if (revoke) {
            platform.tokens().revokeAll(customer.id(), entry.id(), Platform.ACTOR);
            Revoked view = new Revoked(customer.id(), customer.email().value(), entry.id(), true);
            return new Answer(view, screen -> screen.line(
                    "No token of " + view.email() + " for " + view.solutionId() + " works any more"));
        }
        IssuedToken issued = rotate
                ? platform.tokens().rotate(customer.id(), entry.id(), overlap, Platform.ACTOR)
                : platform.tokens().issue(customer.id(), entry.id(), Platform.ACTOR);
        return issued(issued, overlap);
    }

    private void requireAccess(Customer customer, CatalogEntry entry) {
        if (platform.entitlements().find(customer.id(), entry.id()).isEmpty()) {
            throw new MarketplaceException(Problem.ENTITLEMENT_UNKNOWN, customer.email() + " has no access to "
                    + entry.id() + ". 'market:entitle " + customer.email() + " " + entry.id() + "' gives it.");
        }
    }

    private Answer issued(IssuedToken issued, Duration overlap) {
        View view = new View(
                issued.token(),
                issued.holder().tokenId(),
                issued.holder().customerId(),
                issued.holder().email(),
                issued.holder().solutionId(),
                issued.holder().issuedAt().toString(),
                issued.holder().expiresAt().map(Object::toString).orElse(null),
                issued.newlyMade());
        return new Answer(view, screen -> {
            screen.line(view.token());
            screen.line((view.newlyMade() ? "new token of " : "token of ") + view.email() + " for " + view.solutionId()
                    + (view.expiresAt() == null ? ", permanent" : ", until " + view.expiresAt()));
            if (rotate) {
                screen.line(overlap.isZero()
                        ? "the former token works no longer"
                        : "the former token works for another " + grace);
            }
        });
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!matcher.matches()) {
            throw MarketplaceException.invalid("--grace", "must be a number and a unit, e.g. 30m, 1h or 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
