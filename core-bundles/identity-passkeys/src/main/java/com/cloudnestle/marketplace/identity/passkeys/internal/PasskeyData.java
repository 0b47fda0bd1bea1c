package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.identity.PersonalData;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What passkeys tell of a person. Public keys are left out: they mean something to this marketplace only. */
@Component(service = PersonalData.class)
public final class PasskeyData implements PersonalData {

    private final PasskeyItems items;

    @Activate
    public PasskeyData(@Reference PasskeyItems items) {
        this.items = items;
    }

    @Override
    public String name() {
        return "passkeys";
    }

    @Override
    public String export(String customerId) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (StoredPasskey passkey : items.ofAccount(customerId)) {
            ObjectNode one = all.addObject()
                    .put("id", passkey.id())
                    .put("name", passkey.name())
                    .put("created_at", passkey.createdAt().toString());
            passkey.usedAt().ifPresent(at -> one.put("used_at", at.toString()));
        }
        return all.toString();
    }

    @Override
    public void erase(String customerId, String actor) {
        items.erase(customerId);
    }
}
