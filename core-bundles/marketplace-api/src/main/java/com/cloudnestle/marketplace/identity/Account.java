package com.cloudnestle.marketplace.identity;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A customer who can sign in. The address is verified: there is no account before that.
 *
 * @param id that of the {@link Customer}, {@code cus_…}
 * @param name for people, 0 to 80 characters
 * @param language BCP 47 tag for pages and mails
 * @param roles what the account may do, at least {@link Role#CUSTOMER}
 * @param suspended may not sign in; set by an administrator
 * @param passwordSet whether a password can be used; without one there is a passkey or another provider
 * @param secondFactor whether a password alone does not sign in
 */
public record Account(
        String id,
        EmailAddress email,
        String name,
        String language,
        Set<Role> roles,
        boolean suspended,
        boolean passwordSet,
        boolean secondFactor,
        Instant createdAt) {

    public Account {
        Objects.requireNonNull(email);
        Objects.requireNonNull(createdAt);
        roles = Set.copyOf(roles);
        if (!roles.contains(Role.CUSTOMER)) {
            throw new IllegalArgumentException("every account is a customer's");
        }
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    @Override
    public String toString() {
        return "Account[" + id + "]"; // addresses and names stay out of logs
    }

    /** What an account may do besides using solutions. */
    public enum Role {
        CUSTOMER,
        /** Sells solutions. */
        PARTNER,
        /** Everything an admin key may do, in the browser. */
        ADMIN,
        /** Sees health, nodes and figures; changes nothing of customers. */
        OPERATOR
    }
}
