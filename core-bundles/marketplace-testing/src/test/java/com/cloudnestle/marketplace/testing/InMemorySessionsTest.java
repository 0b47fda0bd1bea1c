package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemorySessionsTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemorySessions sessions = new InMemorySessions(clock);

    @Test
    void knowsASessionUntilItEndsOrExpires() {
        NewSession one = sessions.open("cus_a", Method.PASSWORD);
        NewSession other = sessions.open("cus_a", Method.PASSKEY);
        assertThat(sessions.authenticate(one.secret())).contains(one.session());

        sessions.endAll("cus_a", other.session().id(), "test");

        assertThat(sessions.authenticate(one.secret())).isEmpty();
        assertThat(sessions.ofAccount("cus_a")).containsExactly(other.session());
        clock.advance(Duration.ofDays(90));
        assertThat(sessions.authenticate(other.secret())).isEmpty();
    }
}
