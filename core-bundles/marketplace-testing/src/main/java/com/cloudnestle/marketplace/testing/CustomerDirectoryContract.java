package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link CustomerDirectory} must do. */
public abstract class CustomerDirectoryContract {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EmailAddress ANN = EmailAddress.parse("email", "ann@example.com");
    private static final UUID OLD_ID = UUID.fromString("0b8f9d3e-5c1a-4e57-9d3a-1f2e3d4c5b6a");

    private final ManualClock clock = new ManualClock(NOON);
    private CustomerDirectory customers = new InMemoryCustomers(clock);

    /** An empty directory. */
    protected abstract CustomerDirectory directory(InstantSource clock);

    @BeforeEach
    void open() {
        customers = directory(clock);
    }

    @Test
    void makesACustomerAtTheFirstCallOnly() {
        Customer made = customers.findOrCreate(ANN);
        clock.advance(Duration.ofDays(1));

        assertThat(made.id()).matches("cus_[0-9a-f-]{36}");
        assertThat(made.email()).isEqualTo(ANN);
        assertThat(made.createdAt()).isEqualTo(NOON);
        assertThat(customers.findOrCreate(ANN)).isEqualTo(made);
    }

    @Test
    void findsByIdAndByAddress() {
        Customer made = customers.findOrCreate(ANN);

        assertThat(customers.find(made.id())).contains(made);
        assertThat(customers.findByEmail(ANN)).contains(made);
        assertThat(customers.require(made.id())).isEqualTo(made);
        assertThat(customers.require(" Ann@Example.COM ")).isEqualTo(made);
    }

    @Test
    void adoptsAnIdThatOlderSoftwareGave() {
        Customer adopted = customers.adopt(OLD_ID, ANN);

        assertThat(adopted.id()).isEqualTo("cus_" + OLD_ID);
        assertThat(adopted.email()).isEqualTo(ANN);
        assertThat(customers.find(adopted.id())).contains(adopted);
        assertThat(customers.findOrCreate(ANN)).isEqualTo(adopted);
    }

    @Test
    void adoptsNobodyTwice() {
        Customer adopted = customers.adopt(OLD_ID, ANN);

        assertThat(customers.adopt(OLD_ID, EmailAddress.parse("email", "bob@example.com"))).isEqualTo(adopted);
        assertThat(customers.findByEmail(EmailAddress.parse("email", "bob@example.com"))).isEmpty();
    }

    @Test
    void adoptsUnderTheIdOfWhoeverHasTheAddress() {
        Customer made = customers.findOrCreate(ANN);

        assertThat(customers.adopt(OLD_ID, ANN)).isEqualTo(made);
        assertThat(customers.find("cus_" + OLD_ID)).isEmpty();
    }

    @Test
    void givesParallelAdoptersTheSameCustomer() {
        List<Customer> found = Together.run(16, () -> customers.adopt(OLD_ID, ANN));

        assertThat(found).hasSize(16).containsOnly(customers.require("ann@example.com"));
    }

    @Test
    void tellsDifferentAddressesApart() {
        Customer made = customers.findOrCreate(ANN);

        assertThat(customers.findOrCreate(EmailAddress.parse("email", "ann+x@example.com"))).isNotEqualTo(made);
        assertThat(customers.findOrCreate(EmailAddress.parse("email", "a.nn@example.com"))).isNotEqualTo(made);
    }

    @Test
    void takesAnAddressThatLooksLikeAnIdForAnAddress() {
        Customer made = customers.findOrCreate(EmailAddress.parse("email", "cus_1@example.com"));

        assertThat(customers.require("cus_1@example.com")).isEqualTo(made);
    }

    @Test
    void findsNobodyBeforeSomebodyWasMade() {
        assertThat(customers.findByEmail(ANN)).isEmpty();
        assertThat(customers.find("cus_00000000-0000-0000-0000-000000000000")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cus_", "nobody@example.com", "not an address", "cus_\u0000", "user#x", "\ud800@example.com"})
    void saysThatACustomerIsUnknown(String idOrEmail) {
        customers.findOrCreate(ANN);

        assertThat(customers.find(idOrEmail)).isEmpty();
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> customers.require(idOrEmail))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.CUSTOMER_UNKNOWN));
    }

    @Test
    void saysThatATenThousandCharacterNameIsUnknown() {
        saysThatACustomerIsUnknown("x".repeat(10_000) + "@example.com");
    }

    @Test
    void givesParallelCallersTheSameCustomer() {
        List<Customer> found = Together.run(32, () -> customers.findOrCreate(ANN));

        assertThat(found).hasSize(32).containsOnly(customers.require("ann@example.com"));
    }
}
