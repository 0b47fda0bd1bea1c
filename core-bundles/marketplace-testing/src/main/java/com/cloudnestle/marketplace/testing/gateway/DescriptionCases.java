package com.cloudnestle.marketplace.testing.gateway;

import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What a gateway says of itself. */
final class DescriptionCases {

    static final List<Case> ALL = List.of(
            new Case("its id fits addresses and its account is named", DescriptionCases::names),
            new Case("what it can do is always the same and makes sense", DescriptionCases::capabilities),
            new Case("it tells its health within two seconds, also when the provider is away", DescriptionCases::health));

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private DescriptionCases() {}

    private static void names(Trial trial) {
        String id = trial.gateway.id();
        trial.check(id.matches("[a-z0-9-]{2,30}"), "the id must be 2 to 30 of a-z, 0-9 and '-', is " + id);
        String account = trial.gateway.account();
        trial.check(!account.isBlank() && account.length() <= 100, "the account must have 1 to 100 characters");
        trial.check(trial.lab.secrets().stream().noneMatch(account::contains), "the account shows a secret");
        trial.check(id.equals(trial.gateway.id()) && account.equals(trial.gateway.account()), "id and account change");
    }

    private static void capabilities(Trial trial) {
        GatewayCapabilities can = trial.gateway.capabilities();
        trial.said(can.toString());
        trial.check(can.equals(trial.gateway.capabilities()), "capabilities change from one call to the next");
        trial.check(!can.methods().isEmpty(), "buyers are not told how they can pay");
        trial.check(can.failedIsFinal() || can.watchDays() > 0, "a failed payment may still succeed, but is not watched for a day");
        trial.check(can.takes(trial.usual()), "its limits leave no room for an ordinary amount");
        for (String origin : can.scriptOrigins()) {
            URI uri = URI.create(origin);
            trial.check(uri.getHost() != null && (uri.getPath() == null || uri.getPath().isEmpty()), "not a web origin: " + origin);
        }
    }

    private static void health(Trial trial) {
        String slow = "it takes more than two seconds to tell its health";
        trial.within(TWO_SECONDS, slow, () -> {
            GatewayHealth health = trial.gateway.health();
            trial.check(health.working(), "it says that it does not work: " + health.detail());
        });
        if (trial.lab.faults().contains(GatewayLab.Fault.REFUSED)) {
            trial.lab.disturb(GatewayLab.Fault.REFUSED, 100);
            trial.within(TWO_SECONDS, slow, () -> trial.said(trial.gateway.health().toString()));
            trial.lab.calm();
        }
    }
}
