package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.identity.EmailAddress;

/** An address as logs may have it: the first letter and the domain. */
final class MaskedAddress {

    private MaskedAddress() {}

    static String of(EmailAddress address) {
        String value = address.value();
        return value.substring(0, value.offsetByCodePoints(0, 1)) + "***" + value.substring(value.lastIndexOf('@'));
    }
}
