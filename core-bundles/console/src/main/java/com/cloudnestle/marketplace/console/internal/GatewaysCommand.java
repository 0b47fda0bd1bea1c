package com.cloudnestle.marketplace.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Which payment gateways are installed, and which of them buyers are offered. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "gateways", description = "Shows the payment gateways, and why one is not offered")
public final class GatewaysCommand implements Action {

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /** @param problem why it is not offered; empty if it is */
    record Gateway(String id, String name, String account, boolean test, String problem) {}

    record Gateways(List<Gateway> gateways) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        Gateways view = new Gateways(platform.payments().gateways().stream().map(status -> new Gateway(
                status.gateway(), status.name(), status.account(), status.test(), status.problem())).toList());
        return new Answer(view, screen -> screen.table(List.of("Gateway", "Name", "Account", "Money", "Offered"),
                view.gateways().stream().map(each -> List.of(each.id(), each.name(), each.account(), each.test() ? "none moves" : "real",
                        each.problem().isEmpty() ? "yes" : "no: " + each.problem())).toList()));
    }
}
