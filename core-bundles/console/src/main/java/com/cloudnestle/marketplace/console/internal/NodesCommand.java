package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.platform.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Which processes serve this marketplace. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "market", name = "nodes", description = "Shows the nodes that serve this marketplace over one store")
public final class NodesCommand implements Action {

    @Option(name = "--json", description = "Print JSON")
    boolean json;

    @Reference
    Platform platform;

    @Reference
    Session session;

    /**
     * @param self whether it is the one that answers
     * @param seenMillisAgo age of its last sign of life; below 0: its clock is ahead of this node's
     */
    record Node(String id, String address, boolean self, Instant startedAt, long seenMillisAgo) {}

    record View(List<Node> nodes) {}

    @Override
    public @Nullable Object execute() throws Exception {
        return Screen.show(session, json, this::answer);
    }

    private Answer answer() {
        Nodes nodes = platform.nodes();
        Instant now = platform.clock().instant();
        View view = new View(nodes.all().stream()
                .map(node -> new Node(node.id(), node.address(), node.id().equals(nodes.self()), node.startedAt(),
                        Duration.between(node.seenAt(), now).toMillis()))
                .toList());
        return new Answer(view, screen -> print(view, screen));
    }

    private static void print(View view, Screen screen) {
        screen.table(
                List.of("Node", "Address", "Since", "Seen"),
                view.nodes().stream()
                        .map(node -> List.of(node.id(), node.address(), node.startedAt().toString(), seen(node)))
                        .toList());
    }

    private static String seen(Node node) {
        if (node.self()) {
            return "this one";
        }
        return node.seenMillisAgo() < 0
                ? "its clock is " + -node.seenMillisAgo() + " ms or more ahead"
                : node.seenMillisAgo() + " ms ago";
    }
}
