package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Store;
import java.time.InstantSource;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Mails that wait for a person. They go with the person, but for the one that says so. */
@Component(service = PersonalData.class)
public final class OutboxData implements PersonalData {

    private final Outbox outbox;
    private final CustomerDirectory customers;

    @Activate
    public OutboxData(@Reference Store store, @Reference ServerSecrets secrets, @Reference CustomerDirectory customers,
            @Reference InstantSource clock) {
        this.outbox = new Outbox(store, secrets, clock);
        this.customers = customers;
    }

    @Override
    public String name() {
        return "mails";
    }

    @Override
    public String export(String customerId) {
        return PersonalJson.array(of(customerId).stream()
                .map(entry -> new PersonalJson()
                        .text("kind", entry.kind().name())
                        .text("accepted_at", entry.acceptedAt().toString())
                        .toString())
                .toList());
    }

    @Override
    public void erase(String customerId, String actor) {
        of(customerId).stream().filter(entry -> entry.kind() != Mail.Kind.ACCOUNT_DELETED).forEach(outbox::drop);
    }

    private List<OutboxEntry> of(String customerId) {
        return customers.find(customerId).map(Customer::email)
                .map(email -> outbox.all().stream()
                        .filter(entry -> outbox.content(entry).filter(content -> content.to().equals(email)).isPresent())
                        .toList())
                .orElse(List.of());
    }
}
