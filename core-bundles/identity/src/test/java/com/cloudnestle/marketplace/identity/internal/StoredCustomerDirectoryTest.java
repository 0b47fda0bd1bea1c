package com.cloudnestle.marketplace.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.CustomerDirectoryContract;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredCustomerDirectoryTest extends CustomerDirectoryContract {

    private final ManualClock now = new ManualClock(Instant.parse("2026-03-01T12:00:00.123456Z"));
    private final InMemoryStore store = new InMemoryStore(now);
    private final StoredCustomerDirectory customers = new StoredCustomerDirectory(store, now);

    @Override
    protected CustomerDirectory directory(InstantSource clock) {
        return new StoredCustomerDirectory(new InMemoryStore(clock), clock);
    }

    @Test
    void keepsTheProfileInTheDocumentedFormat() {
        Customer made = customers.findOrCreate(EmailAddress.parse("email", "ann@example.com"));

        String uuid = made.id().substring("cus_".length());
        Item profile = store.get(new Key(Table.USERS, "user#" + uuid, "profile")).orElseThrow();
        assertThat(profile.attributes())
                .containsEntry("customerId", made.id())
                .containsEntry("email", "ann@example.com")
                .containsEntry("createdAt", "2026-03-01T12:00:00.123Z")
                .containsEntry("updatedAt", "2026-03-01T12:00:00.123Z");
    }

    @Test
    void takesTheCustomerThatSomebodyElseMadeFirst() {
        EmailAddress email = EmailAddress.parse("email", "ann@example.com");
        ContestedStore contested = new ContestedStore(store);
        contested.beforeNextWrite(() -> customers.findOrCreate(email));

        Customer found = new StoredCustomerDirectory(contested, now).findOrCreate(email);

        assertThat(found).isEqualTo(customers.require("ann@example.com"));
    }

    @Test
    void isThereForTheNextProcess() {
        Customer made = customers.findOrCreate(EmailAddress.parse("email", "ann@example.com"));

        assertThat(new StoredCustomerDirectory(store, now).require("ann@example.com")).isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.com, ANN@EXAMPLE.COM",
        "ann@example.com, ' ann@example.com '",
        "jos\u00e9@example.com, jose\u0301@example.com", // one code point, and two
    })
    void takesSpellingsThatNormaliseAlikeForOnePerson(String one, String other) {
        Customer made = customers.findOrCreate(EmailAddress.parse("email", one));

        assertThat(customers.findOrCreate(EmailAddress.parse("email", other))).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "@", "ann", "ann@", "@example.com", "ann@localhost", "a@b@example.com", "ann@example..com", ".ann@example.com",
        "ann.@example.com", "an n@example.com", "ann@exam ple.com", "ann@example.com\r\nbcc: eve@example.com",
        "\"ann\"@example.com", "ann@example.com,eve@example.com", "<ann@example.com>", "ann@-example.com", "ann@example.com.",
        "ann\u200b@example.com", "ann\u202e@example.com", "\u0000ann@example.com", "ann%00@exa\u0000mple.com", "\ud83d@example.com",
    })
    void refusesAddressesWithTricks(String text) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> EmailAddress.parse("user_email", text))
                .satisfies(e -> {
                    assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD);
                    assertThat(e.fieldErrors()).extracting(error -> error.field()).containsExactly("user_email");
                });
    }

    /** Normalising twice must not differ from normalising once, whatever the letter: else an address could never be found. */
    @Test
    void acceptsOrRefusesEveryLetterCleanly() {
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            String text = "a" + Character.toString(letter) + "b@example.com";
            try {
                EmailAddress parsed = EmailAddress.parse("email", text);
                assertThat(EmailAddress.parse("email", parsed.value())).isEqualTo(parsed);
            } catch (MarketplaceException e) {
                assertThat(e.problem()).isEqualTo(Problem.INVALID_FIELD);
            }
        }
    }
}
