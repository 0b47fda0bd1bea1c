package com.cloudnestle.marketplace.platform;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The processes that serve one marketplace over one store. Answers come from memory and may be some seconds old. */
@ProviderType
public interface Nodes {

    /** This process: {@code node_} and 16 hexadecimal digits, new with every start. */
    String self();

    /** How many run, this one included; never less than 1. */
    int running();

    /** All that run, this one included, those that started first coming first. */
    List<Node> all();

    /**
     * @param address where it serves, as an operator would type it
     * @param seenAt its last sign of life
     */
    record Node(String id, String address, Instant startedAt, Instant seenAt) {}
}
