package com.cloudnestle.marketplace.identity.internal.account;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Addresses of pages that mails and notices lead to. Codes stand in the fragment, which browsers send to nobody. */
@Component(service = Links.class, configurationPid = "com.cloudnestle.marketplace.edge")
public final class Links {

    /** Both spellings, because a dot and an underscore are the same to who writes a configuration and not to who reads it. */
    @interface Config {
        String public_url() default "";

        String public__url() default "";
    }

    private static final String PORT = "MARKETPLACE_PORT";

    private final String base;

    @Activate
    public Links(Config config) {
        this(config.public__url().isBlank() ? config.public_url() : config.public__url(),
                Optional.ofNullable(System.getenv(PORT)).orElse("8181"));
    }

    /**
     * @param publicUrl address people reach this marketplace at, e.g. {@code https://market.example.com}; empty: this machine
     * @param port on this machine
     */
    public Links(String publicUrl, String port) {
        String url = publicUrl.strip();
        base = url.isEmpty() ? "http://localhost:" + port : url.replaceAll("/+$", "");
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

    /** @param solutionId ids need no escaping */
    String upgrade(String solutionId) {
        return base + "/upgrade?solution_id=" + solutionId;
    }

    String security() {
        return base + "/account/security";
    }
}
