package com.cloudnestle.marketplace.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.FieldError;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRequestTest {

    private static final AccessRequest ONE = AccessRequest.one(new Subject.User("cus_1"), "finder", "search");

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, AccessRequest.MAX_UNITS + 1, Long.MAX_VALUE})
    void refusesUnitsThatAreNotPositiveOrWouldOverflow(long units) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> ONE.withUnits(units))
                .satisfies(e -> assertThat(e.fieldErrors()).extracting(FieldError::field).containsExactly("units"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "tab\t", "ümlaut", "nul\u0000"})
    void refusesKeysThatAreNotVisibleAscii(String key) {
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> ONE.withIdempotencyKey(key));
    }

    @Test
    void refusesKeysOver255Characters() {
        assertThat(ONE.withIdempotencyKey("k".repeat(255)).idempotencyKey()).isPresent();
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> ONE.withIdempotencyKey("k".repeat(256)));
    }

    @Test
    void theBindingWindowIsTheOneWithLeastLeft() {
        WindowState day = new WindowState("day", 10, 2, Optional.empty());
        WindowState month = new WindowState("month", 100, 97, Optional.empty());
        WindowState open = new WindowState("lifetime", -1, 5000, Optional.empty());
        QuotaState state = new QuotaState("finder", "search", "registered", List.of(day, open, month), Optional.empty());

        assertThat(state.binding()).contains(month);
        assertThat(state.remaining()).isEqualTo(3);
        assertThat(state.unlimited()).isFalse();
        assertThat(new QuotaState("finder", "search", "pro", List.of(open), Optional.empty()).remaining()).isEqualTo(-1);
    }

    @Test
    void aLoweredLimitLeavesNothingRatherThanLessThanNothing() {
        assertThat(new WindowState("day", 5, 8, Optional.empty()).remaining()).isZero();
    }
}
