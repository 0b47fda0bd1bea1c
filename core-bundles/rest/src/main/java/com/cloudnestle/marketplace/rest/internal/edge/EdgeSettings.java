package com.cloudnestle.marketplace.rest.internal.edge;

import com.cloudnestle.marketplace.catalog.WebOrigin;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Where this server stands: its address for people, and the proxies in front of it. */
@Component(service = EdgeSettings.class, configurationPid = "com.cloudnestle.marketplace.edge")
public final class EdgeSettings {

    /** Without a metatype, as another bundle reads the public address from the same configuration. */
    public @interface Config {
        /** Address of this marketplace as people see it, e.g. {@code https://market.example.com}; empty: as they ask for it. */
        String public__url() default "";

        /** Networks of proxies whose word on the client's address and place is taken, separated by commas. */
        String trusted__proxies() default "";

        /** Seconds for which browsers shall insist on TLS, with an https public address; 0: they are not told. */
        long hsts__seconds() default 31_536_000;

        /** Requests per minute and client address to sign-in, sign-up and the like. */
        int people__per__minute() default 60;

        /** Requests per minute of one account that is signed in, from wherever. */
        int account__per__minute() default 600;
    }

    private final Optional<WebOrigin> publicOrigin;
    private final Networks trusted;
    private final long hstsSeconds;
    private final int peoplePerMinute;
    private final int accountPerMinute;

    /** @throws IllegalArgumentException if the configuration is not sound: whom to trust is not guessed */
    @Activate
    public EdgeSettings(Config config) {
        this(config.public__url(), config.trusted__proxies(), config.hsts__seconds(), config.people__per__minute(),
                config.account__per__minute());
    }

    EdgeSettings(String publicUrl, String trustedProxies, long hstsSeconds, int peoplePerMinute, int accountPerMinute) {
        if (hstsSeconds < 0 || peoplePerMinute < 1 || accountPerMinute < 1) {
            throw new IllegalArgumentException(
                    "hsts_seconds must not be negative, people_per_minute and account_per_minute be at least 1");
        }
        this.publicOrigin = publicUrl.isBlank() ? Optional.empty() : Optional.of(WebOrigin.ofAddress(publicUrl.strip())
                .orElseThrow(() -> new IllegalArgumentException("public_url is no address: '" + publicUrl + "'")));
        this.trusted = Networks.parse(trustedProxies);
        this.hstsSeconds = hstsSeconds;
        this.peoplePerMinute = peoplePerMinute;
        this.accountPerMinute = accountPerMinute;
    }

    Optional<WebOrigin> publicOrigin() {
        return publicOrigin;
    }

    /** Whether people come by TLS, so that cookies need not travel without. */
    public boolean secure() {
        return publicOrigin.filter(origin -> origin.scheme().equals("https")).isPresent();
    }

    boolean trusted(String address) {
        return trusted.contains(address);
    }

    Optional<String> hsts() {
        return secure() && hstsSeconds > 0 ? Optional.of("max-age=" + hstsSeconds) : Optional.empty();
    }

    int peoplePerMinute() {
        return peoplePerMinute;
    }

    int accountPerMinute() {
        return accountPerMinute;
    }
}
