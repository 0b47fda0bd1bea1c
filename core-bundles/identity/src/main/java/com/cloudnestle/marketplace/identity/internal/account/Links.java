package com.cloudnestle.marketplace.identity.internal.account;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Addresses of pages that mails and notices lead to. Codes stand in the fragment, which browsers send to nobody. */
@Component(service = Links.class, configurationPid = "com.cloudnestle.marketplace.edge")
@Designate(ocd = Links.Config.class)
public final class Links {

    @ObjectClassDefinition(name = "Marketplace edge: where it is reached")
    @interface Config {
        @AttributeDefinition(description = "Address people reach this marketplace at, e.g. https://market.example.com; empty: this machine")
        String public_url() default "";
    }

    private static final String PORT = "MARKETPLACE_PORT";

    private final String base;

    @Activate
    public Links(Config config) {
        this(config.public_url());
    }

    public Links(String publicUrl) {
        String url = publicUrl.strip();
        base = url.isEmpty()
                ? "http://localhost:" + Optional.ofNullable(System.getenv(PORT)).orElse("8181")
                : url.replaceAll("/+$", "");
    }

    String confirm(String code) {
        return base + "/sign-up/confirm#code=" + code;
    }

    String reset(String code) {
        return base + "/password/reset#code=" + code;
    }

    String setup(String code) {
        return base + "/setup#code=" + code;
    }

    String signIn() {
        return base + "/sign-in";
    }

    String forgot() {
        return base + "/password/forgot";
    }

    String register() {
        return base + "/register";
    }

    String dashboard() {
        return base + "/dashboard";
    }

    String security() {
        return base + "/account/security";
    }
}
