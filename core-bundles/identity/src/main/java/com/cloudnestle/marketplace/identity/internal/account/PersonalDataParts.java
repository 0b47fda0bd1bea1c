package com.cloudnestle.marketplace.identity.internal.account;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.PersonalData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other bundles keep of people. They come and go, and some of them need the accounts of this bundle: they are fetched
 * only when they are asked.
 */
@Component(service = PersonalDataParts.class)
public final class PersonalDataParts {

    private static final Logger LOG = LoggerFactory.getLogger(PersonalDataParts.class);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<ComponentServiceObjects<PersonalData>> services = new CopyOnWriteArrayList<>();

    /** Of the bundles of the core. Where one is not running, an erasure would leave out what it keeps. */
    private static final Set<String> REQUIRED = Set.of("entitlements", "usage", "mails", "api_keys", "second_factors", "passkeys",
            "linked_identities", "quota_warnings");

    private final List<PersonalData> fixed;
    private final Set<String> required;

    @Activate
    public PersonalDataParts() {
        this(List.of(), REQUIRED);
    }

    public PersonalDataParts(List<PersonalData> parts) {
        this(parts, Set.of());
    }

    PersonalDataParts(List<PersonalData> parts, Set<String> required) {
        this.fixed = parts;
        this.required = required;
    }

    /** @throws MarketplaceException {@code store-unavailable} while a part is missing that every installation has */
    void requireAll() {
        Set<String> missing = new TreeSet<>(required);
        forEach(part -> missing.remove(part.name()));
        if (!missing.isEmpty()) {
            LOG.error("event=personal_data_parts_missing parts={}", missing);
            throw new MarketplaceException(Problem.STORE_UNAVAILABLE,
                    "Parts of this server are not running yet; nothing was deleted. Try again later.");
        }
    }

    /** Each part, in the order of their turns; the first failure ends it. */
    void forEach(Consumer<PersonalData> work) {
        Map<PersonalData, ComponentServiceObjects<PersonalData>> got = new LinkedHashMap<>();
        try {
            for (ComponentServiceObjects<PersonalData> service : new ArrayList<>(services)) {
                PersonalData part = service.getService();
                if (part != null) {
                    got.put(part, service);
                }
            }
            Stream.concat(fixed.stream(), got.keySet().stream())
                    .sorted(Comparator.comparingInt(PersonalData::turn))
                    .forEachOrdered(work);
        } finally {
            got.forEach((part, service) -> service.ungetService(part));
        }
    }
}
