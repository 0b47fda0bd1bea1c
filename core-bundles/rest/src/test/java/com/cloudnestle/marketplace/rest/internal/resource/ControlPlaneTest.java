package com.cloudnestle.marketplace.rest.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {

    private final List<String> events = new ArrayList<>();

    private record Noted(String path, List<String> events) implements RestRuntime.Mount {
        @Override
        public RestRuntime.Mount replace(List<Object> resources, CallGate gate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            events.add("close " + path);
        }
    }

    @Test
    void servesBelowApiUntilItIsClosed() {
        ControlPlane plane = Resources.controlPlane(new Services(), (path, resources, gate) -> {
            events.add("mount " + path + " " + resources.size());
            assertThat(gate).isSameAs(CallGate.OPEN);
            return new Noted(path, events);
        });

        plane.close();

        assertThat(events).containsExactly("mount /api 9", "close /api");
    }
}
