package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.PersonalData;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONArray;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A person's linked identities, to have and to have erased. */
@Component
public final class LinkedIdentityData implements PersonalData {

    private final LinkedIdentities linked;

    @Activate
    public LinkedIdentityData(@Reference LinkedIdentities linked) {
        this.linked = linked;
    }

    @Override
    public String name() {
        return "linked_identities";
    }

    @Override
    public String export(String customerId) {
        List<Map<String, String>> all = linked.ofAccount(customerId).stream()
                .map(one -> Map.of("provider", one.providerId(), "account", one.label(), "linked_at", one.linkedAt().toString()))
                .toList();
        return JSONArray.toJSONString(all);
    }

    @Override
    public void erase(String customerId, String actor) {
        linked.eraseAll(customerId);
    }
}
