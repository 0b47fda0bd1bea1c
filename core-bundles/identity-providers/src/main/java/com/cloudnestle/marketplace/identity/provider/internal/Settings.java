package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import com.cloudnestle.marketplace.identity.provider.internal.ProviderSettings.Protocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration. Mistakes are {@link IllegalArgumentException}s that name the key and never the value of a secret.
 *
 * @param properties as the container hands them over
 * @param environment variables of the process
 */
record Settings(
        Map<String, Object> properties, Function<String, @Nullable String> environment, PublicAddress publicAddress) {

    static final String PROVIDERS = "providers";

    /** What can be said of a provider, after its id and a dot. */
    static final Set<String> KEYS = Set.of("profile", "name", "issuer", "client_id", "client_secret", "client_secret_file",
            "scopes", "url", "api_url");

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
    private static final int MAX_NAME = 40;
    private static final String GITHUB = "https://github.com";

    private static final Map<String, Profile> PROFILES = Map.of(
            "google", new Profile("Google", "https://accounts.google.com", "openid email profile"),
            "cognito", new Profile("Amazon Cognito", "", "openid email profile"),
            "oidc", new Profile("", "", "openid email profile"),
            "github", new Profile("GitHub", GITHUB, "read:user user:email"));

    /** What is known of a provider without being told; empty: not known. */
    private record Profile(String name, String issuer, String scopes) {}

    /** In the operator's order, each once. */
    List<String> ids() {
        return Arrays.stream(text(PROVIDERS).split("[,\\s]+")).filter(id -> !id.isEmpty()).distinct().toList();
    }

    ProviderSettings provider(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("providers: an id has 1 to 31 of a-z, 0-9 and -");
        }
        refuseUnknownKeys(id);
        String profileName = value(id, "profile").orElse(PROFILES.containsKey(id) ? id : "oidc");
        Profile profile = Optional.ofNullable(PROFILES.get(profileName))
                .orElseThrow(() -> new IllegalArgumentException(id + ".profile must be one of google, github, cognito, oidc"));
        boolean github = profileName.equals("github");
        URI issuer = address(id + (github ? ".url" : ".issuer"),
                value(id, github ? "url" : "issuer").orElse(profile.issuer()));
        return new ProviderSettings(new Provider(id, name(id, profile)), github ? Protocol.GITHUB : Protocol.OPENID_CONNECT,
                issuer, github ? api(id, issuer) : issuer, clientId(id), clientSecret(id), scopes(id, profile), callback(id));
    }

    private URI callback(String id) {
        try {
            return URI.create(publicAddress.url() + "/api/auth/providers/" + id + "/callback");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("public_url is no address", e);
        }
    }

    /** A misspelt key would be silently nothing. */
    private void refuseUnknownKeys(String id) {
        for (String key : properties.keySet()) {
            if (key.startsWith(id + ".") && !KEYS.contains(key.substring(id.length() + 1))) {
                throw new IllegalArgumentException(key + " is not a key, they are " + KEYS.stream().sorted().toList());
            }
        }
    }

    private String name(String id, Profile profile) {
        String name = value(id, "name").orElse(profile.name().isEmpty() ? id : profile.name());
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(id + ".name must have 1 to " + MAX_NAME + " characters in one line");
        }
        return name;
    }

    private URI api(String id, URI github) {
        String usual = github.toString().equals(GITHUB) ? "https://api.github.com" : github + "/api/v3";
        return address(id + ".api_url", value(id, "api_url").orElse(usual));
    }

    private String clientId(String id) {
        return value(id, "client_id").orElseThrow(
                () -> new IllegalArgumentException(id + ".client_id must be what the provider calls this marketplace"));
    }

    private String clientSecret(String id) {
        Optional<String> file = value(id, "client_secret_file");
        if (file.isPresent()) {
            try {
                return Files.readString(Path.of(file.get())).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException(id + ".client_secret_file cannot be read: " + file.get(), e);
            }
        }
        String variable = "MARKETPLACE_" + id.toUpperCase(Locale.ROOT).replace('-', '_') + "_CLIENT_SECRET";
        return value(id, "client_secret").or(() -> Optional.ofNullable(environment.apply(variable))).orElse("").strip();
    }

    private List<String> scopes(String id, Profile profile) {
        return List.of(value(id, "scopes").orElse(profile.scopes()).split("[,\\s]+"));
    }

    private static URI address(String key, String text) {
        URI address;
        try {
            address = URI.create(text.endsWith("/") && key.endsWith("url") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " is no address", e);
        }
        if (!Addresses.trustworthy(address) || address.getQuery() != null || address.getFragment() != null) {
            throw new IllegalArgumentException(key + " must be an https address, or http on this machine");
        }
        return address;
    }

    private Optional<String> value(String id, String key) {
        return Optional.of(text(id + "." + key)).filter(text -> !text.isEmpty());
    }

    private String text(String key) {
        Object value = properties.get(key);
        if (value == null) {
            return "";
        }
        return (value instanceof Object[] several
                ? String.join(",", Arrays.stream(several).map(String::valueOf).toList())
                : String.valueOf(value)).strip();
    }

    @Override
    public String toString() {
        return "Settings" + ids(); // holds secrets
    }
}
