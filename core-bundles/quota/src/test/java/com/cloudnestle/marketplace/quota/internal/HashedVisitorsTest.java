package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashedVisitorsTest {

    private final ManualClock clock = new ManualClock(QuotaFixture.NOON);
    private final Store store = new InMemoryStore(clock);
    private final HashedVisitors visitors = new HashedVisitors(store, new FixedSecrets(), clock, 5);

    @Test
    void theSameAddressIsTheSameVisitorAndAnotherSecretGivesAnotherId() {
        Subject.Visitor visitor = visitors.recognise("203.0.113.7", null);

        assertThat(visitors.recognise("203.0.113.7", null)).isEqualTo(visitor);
        assertThat(visitors.recognise("203.0.113.8", null)).isNotEqualTo(visitor);
        assertThat(new HashedVisitors(store, new FixedSecrets("other"), clock, 5).recognise("203.0.113.7", null))
                .isNotEqualTo(visitor);
        assertThat(visitor.id()).startsWith("anon_").doesNotContain("203");
    }

    @Test
    void ipv6CountsByItsFirst64BitsAndMappedIpv4AsIpv4() {
        assertThat(visitors.recognise("2001:db8:1:2::1", null))
                .isEqualTo(visitors.recognise("2001:db8:1:2:ffff:ffff:ffff:ffff", null))
                .isEqualTo(visitors.recognise("2001:db8:1:2::1%eth0", null))
                .isNotEqualTo(visitors.recognise("2001:db8:1:3::1", null));
        assertThat(visitors.recognise("::ffff:203.0.113.7", null)).isEqualTo(visitors.recognise("203.0.113.7", null));
    }

    @Test
    void devicesBehindOneAddressAreToldApart() {
        Subject.Visitor phone = visitors.recognise("203.0.113.7", "device-phone");

        assertThat(visitors.recognise("203.0.113.7", "device-phone")).isEqualTo(phone);
        assertThat(visitors.recognise("203.0.113.7", "device-laptop")).isNotEqualTo(phone);
        assertThat(visitors.recognise("203.0.113.8", "device-phone")).isNotEqualTo(phone);
    }

    @Test
    void inventingDevicesEndsInTheCountOfTheAddress() {
        Set<Subject.Visitor> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(visitors.recognise("203.0.113.7", "device-number-" + i));
        }

        assertThat(seen).hasSize(6).contains(visitors.recognise("203.0.113.7", null));
        assertThat(visitors.recognise("203.0.113.7", "device-number-0"))
                .isNotEqualTo(visitors.recognise("203.0.113.7", null));
    }

    @Test
    void aDeviceKeepsItsIdentityInTheNextMonth() {
        Subject.Visitor phone = visitors.recognise("203.0.113.7", "device-phone");
        clock.advance(Duration.ofDays(31));

        assertThat(visitors.recognise("203.0.113.7", "device-phone")).isEqualTo(phone);
    }

    @Test
    void devicesCanBeSwitchedOff() {
        HashedVisitors byAddress = new HashedVisitors(store, new FixedSecrets(), clock, 0);

        assertThat(byAddress.recognise("203.0.113.7", "device-phone")).isEqualTo(byAddress.recognise("203.0.113.7", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "example.com", "256.1.1.1", "1.2.3", "1.2.3.4.5", "::g", ":::", "1.2.3.4/24", "[::1]"})
    void refusesWhatIsNoLiteralAddress(String text) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> visitors.recognise(text, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with space in it", "device\u0000null"})
    void refusesMalformedDeviceIds(String deviceId) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> visitors.recognise("203.0.113.7", deviceId));
    }
}
