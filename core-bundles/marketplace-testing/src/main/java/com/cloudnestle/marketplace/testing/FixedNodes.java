package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.platform.Nodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** As many nodes as a test says. */
public final class FixedNodes implements Nodes {

    private final String self;
    private volatile int running;

    /** One node, {@code node_0000000000000001}. */
    public FixedNodes() {
        this("node_0000000000000001", 1);
    }

    public FixedNodes(String self, int running) {
        this.self = self;
        this.running = running;
    }

    public void setRunning(int newRunning) {
        running = newRunning;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public int running() {
        return running;
    }

    @Override
    public List<Node> all() {
        List<Node> all = new ArrayList<>();
        all.add(new Node(self, "http://127.0.0.1:8181", Instant.EPOCH, Instant.EPOCH));
        for (int i = 1; i < running; i++) {
            all.add(new Node("node_other" + i, "http://127.0.0.1:" + (8181 + i), Instant.EPOCH, Instant.EPOCH));
        }
        return all;
    }
}
