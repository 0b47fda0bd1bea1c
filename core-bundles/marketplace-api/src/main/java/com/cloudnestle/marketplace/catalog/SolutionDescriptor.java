package com.cloudnestle.marketplace.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a solution says of itself. A plugin returns it; the catalogue shows it.
 *
 * @param id address and key of the solution: 2 to 60 of {@code a-z 0-9 -}, beginning with a letter; never changes
 * @param aliases other names that mean this solution, same form as the id
 * @param name for people, 1 to 80 characters
 * @param summary one or two sentences, at most 500 characters
 * @param category for browsing, at most 60 characters
 * @param meters what it counts, at least one
 * @param tierProfile name of a tier profile the catalogue knows ({@code daily}, {@code trial}, or an operator's own), used when
 *     {@code tiers} is empty
 * @param tiers its own tiers; empty: those of {@code tierProfile}, with every limit applied to each meter
 * @param startPath page to open first, relative to {@code /solutions/<id>/}, e.g. {@code search}; may be empty
 * @param tokenLifetimeDays days until an unused-and-unrefreshed solution token expires; empty: tokens are permanent
 * @param origins web origins outside this server whose pages use this solution and may be returned to with access, in the
 *     form of {@link WebOrigin}: {@code https}, or {@code http} on this machine only; the solution's own pages here need none
 * @param tokenInUrl whether the token is handed to the page that is returned to in its address ({@code token},
 *     {@code user_email}) instead of by a code that the page exchanges: addresses end up in logs and histories
 */
public record SolutionDescriptor(
        String id,
        List<String> aliases,
        String name,
        String summary,
        String category,
        List<Meter> meters,
        String tierProfile,
        List<TierPlan> tiers,
        String startPath,
        Optional<Integer> tokenLifetimeDays,
        List<String> origins,
        boolean tokenInUrl) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,59}");

    /** The tier profile used unless a solution names another: 3 for life, 10 a day, unlimited. */
    public static final String DEFAULT_PROFILE = "daily";

    public SolutionDescriptor {
        requireId("id", id);
        aliases = List.copyOf(aliases);
        aliases.forEach(alias -> requireId("alias", alias));
        requireText("name", name, 1, 80);
        requireText("summary", summary, 0, 500);
        requireText("category", category, 0, 60);
        meters = List.copyOf(meters);
        tiers = List.copyOf(tiers);
        Objects.requireNonNull(startPath);
        Tiers.requireValid(tierProfile);
        if (meters.isEmpty()) {
            throw new IllegalArgumentException("solution " + id + " needs at least one meter");
        }
        Set<String> actions = new HashSet<>();
        meters.forEach(meter -> {
            if (!actions.add(meter.action())) {
                throw new IllegalArgumentException("solution " + id + " has the meter " + meter.action() + " twice");
            }
        });
        Set<String> names = new HashSet<>();
        for (TierPlan tier : tiers) {
            if (!names.add(tier.tier())) {
                throw new IllegalArgumentException("solution " + id + " has the tier " + tier.tier() + " twice");
            }
            tier.limits().stream().filter(l -> !actions.contains(l.action())).findFirst().ifPresent(limit -> {
                throw new IllegalArgumentException(
                        "tier " + tier.tier() + " limits " + limit.action() + ", which is no meter of " + id);
            });
        }
        origins = origins.stream().map(origin -> WebOrigin.registered(origin).toString()).distinct().toList();
        tokenLifetimeDays.ifPresent(days -> {
            if (days < 1 || days > 3660) {
                throw new IllegalArgumentException("tokenLifetimeDays must be 1 to 3660, was " + days);
            }
        });
    }

    /** A solution without pages on other servers. */
    public SolutionDescriptor(
            String id,
            List<String> aliases,
            String name,
            String summary,
            String category,
            List<Meter> meters,
            String tierProfile,
            List<TierPlan> tiers,
            String startPath,
            Optional<Integer> tokenLifetimeDays) {
        this(id, aliases, name, summary, category, meters, tierProfile, tiers, startPath, tokenLifetimeDays, List.of(), false);
    }

    /** A solution with one meter, the default tier profile and permanent tokens. */
    public static SolutionDescriptor of(String id, String name, String summary, String action) {
        return new SolutionDescriptor(id, List.of(), name, summary, "", List.of(new Meter(action, action)),
                DEFAULT_PROFILE, List.of(), "", Optional.empty());
    }

    public SolutionDescriptor withAliases(String... newAliases) {
        return new SolutionDescriptor(id, List.of(newAliases), name, summary, category, meters, tierProfile, tiers,
                startPath, tokenLifetimeDays, origins, tokenInUrl);
    }

    public SolutionDescriptor withCategory(String newCategory) {
        return new SolutionDescriptor(id, aliases, name, summary, newCategory, meters, tierProfile, tiers, startPath,
                tokenLifetimeDays, origins, tokenInUrl);
    }

    public SolutionDescriptor withTierProfile(String profile) {
        return new SolutionDescriptor(id, aliases, name, summary, category, meters, profile, tiers, startPath,
                tokenLifetimeDays, origins, tokenInUrl);
    }

    public SolutionDescriptor withTiers(TierPlan... newTiers) {
        return new SolutionDescriptor(id, aliases, name, summary, category, meters, tierProfile, List.of(newTiers),
                startPath, tokenLifetimeDays, origins, tokenInUrl);
    }

    public SolutionDescriptor withStartPath(String path) {
        return new SolutionDescriptor(id, aliases, name, summary, category, meters, tierProfile, tiers, path,
                tokenLifetimeDays, origins, tokenInUrl);
    }

    public SolutionDescriptor withTokenLifetimeDays(int days) {
        return new SolutionDescriptor(id, aliases, name, summary, category, meters, tierProfile, tiers, startPath,
                Optional.of(days), origins, tokenInUrl);
    }

    public SolutionDescriptor withOrigins(String... newOrigins) {
        return new SolutionDescriptor(id, aliases, name, summary, category, meters, tierProfile, tiers, startPath,
                tokenLifetimeDays, List.of(newOrigins), tokenInUrl);
    }

    public SolutionDescriptor withTokenInUrl() {
        return new SolutionDescriptor(id, aliases, name, summary, category, meters, tierProfile, tiers, startPath,
                tokenLifetimeDays, origins, true);
    }

    private static void requireId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 2 to 60 of a-z, 0-9 and '-', beginning with a letter, was '" + id + "'");
        }
    }

    private static void requireText(String what, String text, int min, int max) {
        if (text.length() < min || text.length() > max || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " must have " + min + " to " + max + " characters and no control characters");
        }
    }
}
