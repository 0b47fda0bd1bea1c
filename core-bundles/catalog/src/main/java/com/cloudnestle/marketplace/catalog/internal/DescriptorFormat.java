package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A solution's descriptor as it is remembered in the store. */
final class DescriptorFormat {

    private static final Set<String> DESCRIPTOR = Set.of("id", "aliases", "name", "summary", "category", "meters",
            "tier_profile", "tiers", "start_path", "token_lifetime_days", "origins", "token_in_url");
    private static final Set<String> METER = Set.of("action", "unit");

    private DescriptorFormat() {}

    static SolutionDescriptor read(String document) {
        Fields fields = Fields.parse(document.getBytes(StandardCharsets.UTF_8), DESCRIPTOR);
        List<Meter> meters = fields.objects("meters", METER).stream()
                .map(meter -> meter.checked(() -> new Meter(meter.text("action"), meter.text("unit"))))
                .toList();
        List<TierPlan> tiers = fields.objects("tiers", TierFormat.TIER).stream().map(TierFormat::read).toList();
        Optional<Integer> lifetime = fields.optionalInteger("token_lifetime_days").map(Long::intValue);
        return fields.checked(() -> new SolutionDescriptor(
                fields.text("id"), fields.texts("aliases"), fields.text("name"), fields.text("summary"),
                fields.text("category"), meters, fields.text("tier_profile"), tiers, fields.text("start_path"), lifetime,
                fields.texts("origins"), fields.flag("token_in_url")));
    }

    static String write(SolutionDescriptor descriptor) {
        ObjectNode target = Fields.JSON.createObjectNode();
        target.put("id", descriptor.id());
        descriptor.aliases().forEach(target.putArray("aliases")::add);
        target.put("name", descriptor.name());
        target.put("summary", descriptor.summary());
        target.put("category", descriptor.category());
        ArrayNode meters = target.putArray("meters");
        descriptor.meters().forEach(m -> meters.addObject().put("action", m.action()).put("unit", m.unit()));
        target.put("tier_profile", descriptor.tierProfile());
        ArrayNode tiers = target.putArray("tiers");
        descriptor.tiers().forEach(tier -> TierFormat.write(tier, tiers.addObject()));
        target.put("start_path", descriptor.startPath());
        descriptor.tokenLifetimeDays().ifPresent(days -> target.put("token_lifetime_days", days));
        if (!descriptor.origins().isEmpty()) {
            descriptor.origins().forEach(target.putArray("origins")::add);
        }
        if (descriptor.tokenInUrl()) {
            target.put("token_in_url", true);
        }
        return target.toString();
    }
}
