package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A tier profile as JSON document. */
final class ProfileFormat {

    private static final Set<String> PROFILE = Set.of("name", "description", "tiers");
    private static final int MAX_DESCRIPTION = 500;
    private static final int MAX_FEATURE = 60;

    private ProfileFormat() {}

    /**
     * @param expectedName what the document must call itself
     * @throws FormatException naming the field and what is wrong with it
     */
    static TierProfile read(byte[] document, String expectedName) {
        Fields profile = Fields.parse(document, PROFILE);
        String name = profile.text("name");
        if (!name.equals(expectedName)) {
            throw new FormatException("name", "must be '" + expectedName + "' like the file, was '" + name + "'");
        }
        String description = profile.optionalText("description").orElse("");
        if (description.length() > MAX_DESCRIPTION) {
            throw new FormatException("description", "must have at most " + MAX_DESCRIPTION + " characters");
        }
        List<TierPlan> tiers = profile.objects("tiers", TierFormat.TIER).stream().map(ProfileFormat::readTier).toList();
        refuseDoubles(tiers);
        return profile.checked(() -> new TierProfile(name, description, tiers));
    }

    static String write(TierProfile profile) {
        ObjectNode target = Fields.JSON.createObjectNode();
        target.put("name", profile.name());
        target.put("description", profile.description());
        ArrayNode tiers = target.putArray("tiers");
        profile.tiers().forEach(tier -> TierFormat.write(tier, tiers.addObject()));
        return target.toString();
    }

    private static TierPlan readTier(Fields fields) {
        TierPlan tier = TierFormat.read(fields);
        for (String feature : tier.features()) {
            if (feature.isBlank() || feature.length() > MAX_FEATURE || feature.chars().anyMatch(Character::isISOControl)) {
                throw new FormatException(fields.at("features"),
                        "must be texts of 1 to " + MAX_FEATURE + " characters without control characters");
            }
        }
        Set<String> each = new HashSet<>();
        tier.limits(TierProfile.EACH_METER).forEach(limit -> each.add(limit.window().name()));
        for (Limit limit : tier.limits()) {
            if (!limit.action().equals(TierProfile.EACH_METER) && each.contains(limit.window().name())) {
                throw new FormatException(fields.at("limits"), limit.action() + " is limited twice per "
                        + limit.window().name() + ": by name and by " + TierProfile.EACH_METER);
            }
        }
        return tier;
    }

    private static void refuseDoubles(List<TierPlan> tiers) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tiers.size(); i++) {
            if (!names.add(tiers.get(i).tier())) {
                throw new FormatException("tiers[" + i + "].tier", "'" + tiers.get(i).tier() + "' stands here twice");
            }
        }
    }
}
