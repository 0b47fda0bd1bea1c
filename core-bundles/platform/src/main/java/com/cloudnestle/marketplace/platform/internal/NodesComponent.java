package com.cloudnestle.marketplace.platform.internal;

import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts this process among the nodes while there is a store, and lets it leave its sign of life now and then. */
@Component(service = Nodes.class, immediate = true, configurationPid = "com.cloudnestle.marketplace.nodes")
@Designate(ocd = NodesComponent.Config.class)
public final class NodesComponent implements Nodes {

    @ObjectClassDefinition(name = "Marketplace node")
    @interface Config {
        @AttributeDefinition(description = "Where this node serves, as operators and other nodes are told; the node itself does not use it")
        String address() default "http://127.0.0.1:8181";
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodesComponent.class);
    private static final int ID_BYTES = 8;

    private final HeartbeatNodes nodes;
    private final ScheduledExecutorService executor;

    @Activate
    public NodesComponent(@Reference Store store, @Reference InstantSource clock, Config config) {
        nodes = new HeartbeatNodes(store, clock, newId(), config.address());
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "marketplace-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        if (store.shared()) {
            beat(); // at once: who starts beside others must not take itself for the only one
            executor.scheduleAtFixedRate(
                    this::beat, HeartbeatNodes.BEAT.toMillis(), HeartbeatNodes.BEAT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("event=node_started node={} address={} running={}", nodes.self(), config.address(), nodes.running());
        }
    }

    @Deactivate
    public void close() {
        executor.shutdown(); // a beat under way ends before the sign is taken away, or leaves none: both hold the same lock
        nodes.stop();
    }

    /** An exception would end the beats for good. */
    private void beat() {
        try {
            nodes.tick();
        } catch (RuntimeException e) {
            LOG.error("event=heartbeat_failed node={}", nodes.self(), e);
        }
    }

    private static String newId() {
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        return "node_" + HexFormat.of().formatHex(random);
    }

    @Override
    public String self() {
        return nodes.self();
    }

    @Override
    public int running() {
        return nodes.running();
    }

    @Override
    public List<Node> all() {
        return nodes.all();
    }
}
