package com.cloudnestle.marketplace.payment.internal;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Where people reach this marketplace, and come back to from providers. */
@Component(service = PublicAddress.class, configurationPid = "com.cloudnestle.marketplace.edge")
public final class PublicAddress {

    private final String url;

    @Activate
    public PublicAddress(Map<String, Object> properties) {
        this(properties, System::getenv);
    }

    /** In both spellings, as all who read the configuration understand it. */
    PublicAddress(Map<String, Object> properties, Function<String, @Nullable String> environment) {
        String said = Optional.of(text(properties, "public_url")).filter(text -> !text.isEmpty())
                .orElseGet(() -> text(properties, "public.url"));
        String own = Optional.ofNullable(environment.apply("MARKETPLACE_PORT")).orElse("8181");
        url = said.isEmpty() ? "http://localhost:" + own : said.replaceAll("/+$", "");
    }

    private static String text(Map<String, Object> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString().strip();
    }

    /** The page that waits for a payment. */
    URI waitingPage(String paymentId) {
        return URI.create(url + "/pay/" + paymentId);
    }

    /** The page that sells a tier, or its next term. Ids of solutions and names of tiers need no escaping. */
    URI upgradePage(String solutionId, String tier) {
        return URI.create(url + "/upgrade?solution_id=" + solutionId + "&tier=" + tier);
    }

    /** A page of this marketplace that was told by its path alone, as its address; any other as it is. */
    URI absolute(URI page) {
        boolean path = page.getScheme() == null && page.getRawAuthority() == null && page.getRawPath().startsWith("/");
        return path ? URI.create(url + page) : page;
    }

    boolean secure() {
        return url.startsWith("https://");
    }

    /** Whether the address lies on this server. */
    boolean here(URI address) {
        URI own = URI.create(url);
        return own.getScheme().equals(address.getScheme()) && own.getAuthority().equals(address.getAuthority());
    }
}
