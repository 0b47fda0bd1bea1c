package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.PersonalData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What other bundles keep of people. They come and go, and some of them need the accounts of this bundle: they are fetched
 * only when they are asked.
 */
@Component(service = PersonalDataParts.class)
public final class PersonalDataParts {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<ComponentServiceObjects<PersonalData>> services = new CopyOnWriteArrayList<>();

    private final List<PersonalData> fixed;

    @Activate
    public PersonalDataParts() {
        fixed = List.of();
    }

    public PersonalDataParts(List<PersonalData> parts) {
        fixed = parts;
    }

    /** Each part; the first failure ends it. */
    void forEach(Consumer<PersonalData> work) {
        fixed.forEach(work);
        for (ComponentServiceObjects<PersonalData> service : new ArrayList<>(services)) {
            PersonalData part = service.getService();
            if (part != null) {
                try {
                    work.accept(part);
                } finally {
                    service.ungetService(part);
                }
            }
        }
    }
}
