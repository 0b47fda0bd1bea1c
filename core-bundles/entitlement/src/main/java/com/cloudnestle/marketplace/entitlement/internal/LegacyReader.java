package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Malformed;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.NotInstalled;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Readable;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Reading;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.store.Item;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Understands entitlements of older software: those kept under an e-mail address, with or without counts by day, and those
 * kept under an id with the count of one day. Each field may be in camel or in snake case. What does not make sense is told
 * and never guessed.
 */
final class LegacyReader {

    private static final Set<String> UNDERSTOOD = Set.of(
            "solution_id", "solutionId", "user_email", "userEmail", "email", "access_tier", "accessTier", "status", "token",
            "created_at", "createdAt", "updated_at", "updatedAt");

    private final CatalogService catalog;

    LegacyReader(CatalogService catalog) {
        this.catalog = catalog;
    }

    /** @param now for telling which days are still to come */
    Reading read(Item item, Instant now) {
        try {
            return understand(new LegacyFields(item), LocalDate.ofInstant(now, ZoneOffset.UTC));
        } catch (LegacyFields.Unreadable e) {
            return new Malformed(e.getMessage());
        }
    }

    private Reading understand(LegacyFields fields, LocalDate today) {
        String owner = fields.after(fields.item().key().pk(), EntitlementItem.USER);
        Optional<EmailAddress> email = email(fields, owner);
        String tier = fields.require("access_tier", "accessTier");
        Entitlement.Status status = status(fields);
        String token = fields.require("token");
        if (token.length() > SolutionTokens.MAX_LENGTH) {
            throw new LegacyFields.Unreadable("the token is too long");
        }
        Instant createdAt = time("created_at", fields.require("created_at", "createdAt"));
        Instant updatedAt = fields.text("updated_at", "updatedAt").map(text -> time("updated_at", text)).orElse(createdAt);
        LegacyUsage usage = LegacyUsage.read(fields, today);
        String name = solutionName(fields);
        Optional<CatalogEntry> solution = catalog.find(name);
        if (solution.isEmpty()) {
            return new NotInstalled(name);
        }
        if (tier.equals(Tiers.ANONYMOUS) || solution.get().tier(tier).isEmpty()) {
            throw new LegacyFields.Unreadable("the solution has no such tier: access_tier " + LegacyFields.quoted(tier));
        }
        return new Readable(new LegacyEntitlement(fields.item(), owner, email, solution.get(), tier, status, token, createdAt,
                updatedAt.isBefore(createdAt) ? createdAt : updatedAt, usage.unitsByDay(),
                usage.unchanged(fields.item(), UNDERSTOOD, today), unknown(fields.item())));
    }

    private static Optional<EmailAddress> email(LegacyFields fields, String owner) {
        Optional<EmailAddress> told = fields.text("user_email", "userEmail", "email").map(LegacyReader::address);
        if (owner.indexOf('@') < 0) {
            return told;
        }
        EmailAddress keyed = address(owner);
        if (told.isPresent() && !told.get().equals(keyed)) {
            throw new LegacyFields.Unreadable("user_email is not the address of the key");
        }
        return Optional.of(keyed);
    }

    private static EmailAddress address(String text) {
        try {
            return EmailAddress.parse("user_email", text);
        } catch (MarketplaceException e) {
            throw new LegacyFields.Unreadable("the e-mail address cannot be read");
        }
    }

    private static Entitlement.Status status(LegacyFields fields) {
        String text = fields.text("status").orElse("active");
        return switch (text) {
            case "active" -> Entitlement.Status.ACTIVE;
            case "suspended", "inactive" -> Entitlement.Status.SUSPENDED;
            default -> throw new LegacyFields.Unreadable("unknown status " + LegacyFields.quoted(text));
        };
    }

    private String solutionName(LegacyFields fields) {
        String keyed = fields.after(fields.item().key().sk(), EntitlementItem.SOLUTION);
        String told = fields.text("solution_id", "solutionId").orElse(keyed);
        if (!told.equals(keyed) && !catalog.find(told).map(CatalogEntry::id).equals(catalog.find(keyed).map(CatalogEntry::id))) {
            throw new LegacyFields.Unreadable("solution_id " + LegacyFields.quoted(told) + " is not the solution of the key");
        }
        return keyed;
    }

    private static Instant time(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new LegacyFields.Unreadable(name + " is no date with time and zone: " + LegacyFields.quoted(text));
        }
    }

    private static Map<String, Object> unknown(Item item) {
        Map<String, Object> unknown = new HashMap<>(item.attributes());
        unknown.keySet().removeIf(name -> UNDERSTOOD.contains(name) || LegacyUsage.holds(name) || name.equals(Item.TTL)
                || name.equals(Item.G1) || name.equals(Item.G1_SORT));
        return unknown;
    }
}
