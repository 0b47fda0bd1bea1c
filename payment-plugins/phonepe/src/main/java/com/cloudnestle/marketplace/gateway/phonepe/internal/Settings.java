package com.cloudnestle.marketplace.gateway.phonepe.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a configuration, read one by one. Mistakes are {@link IllegalArgumentException}s that name the key and never the
 * value of a secret. A secret {@code x} is also taken from the file {@code x_file} or the variable {@code MARKETPLACE_<ID>_<X>}.
 */
final class Settings {

    private static final Set<String> SECRETS = Set.of("client_secret", "salt_key", "salt_previous_key", "webhook_password",
            "webhook_previous_password", "webhook_secret", "webhook_previous_secret");
    private static final Set<String> PLAIN = Set.of("id", "name", "environment", "generation", "merchant_id", "client_id", "client_version",
            "oauth_base_url", "pg_base_url", "salt_index", "salt_previous_index", "callback_url", "webhook_auth", "webhook_username",
            "webhook_previous_username", "webhook_key_id", "webhook_previous_key_id", "webhook_previous_until", "webhook_encoding", "checkout",
            "script_url", "script_origins", "minimum_paise", "maximum_paise", "autopay", "autopay_maximum_paise", "connect_timeout_seconds",
            "timeout_seconds");
    private static final Set<String> KEYS = Stream.concat(PLAIN.stream(),
            SECRETS.stream().flatMap(key -> Stream.of(key, key + "_file"))).collect(Collectors.toUnmodifiableSet());
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{1,29}");
    private static final int MAX_SECONDS = 60;

    private final Map<String, Object> properties;
    private final Function<String, @Nullable String> environment;

    /**
     * @param properties as the container hands them over; its own have dots in their names
     * @param environment variables of the process
     */
    Settings(Map<String, Object> properties, Function<String, @Nullable String> environment) {
        this.properties = Map.copyOf(properties);
        this.environment = environment;
        for (String key : properties.keySet()) {
            if (!key.contains(".") && !KEYS.contains(key)) { // a misspelt key would be silently nothing
                throw new IllegalArgumentException(key + " is not a key, they are " + KEYS.stream().sorted().toList());
            }
        }
    }

    String id() {
        return matching("id", "phonepe", ID, "2 to 30 of a-z, 0-9 and '-'");
    }

    /** The id of a configuration that may have mistakes, also in its id. */
    static String usableId(Map<String, Object> properties) {
        return Optional.ofNullable(properties.get("id")).map(Object::toString).filter(id -> ID.matcher(id).matches()).orElse("phonepe");
    }

    /** @throws IllegalArgumentException if there is none */
    String required(String key) {
        return text(key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    Optional<String> text(String key) {
        Object value = properties.get(key);
        return Optional.ofNullable(value).map(some -> some.toString().strip()).filter(some -> !some.isEmpty());
    }

    String matching(String key, String otherwise, Pattern pattern, String rule) {
        String value = text(key).orElse(otherwise);
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(key + " must be " + rule);
        }
        return value;
    }

    /** @param choices the first is meant where nothing is said */
    String choice(String key, String... choices) {
        String value = text(key).orElse(choices[0]);
        if (!Set.of(choices).contains(value)) {
            throw new IllegalArgumentException(key + " must be one of " + String.join(", ", choices));
        }
        return value;
    }

    Optional<Secret> secret(String key) {
        Optional<String> file = text(key + "_file");
        if (file.isPresent()) {
            try {
                return Optional.of(new Secret(Files.readString(Path.of(file.get())).strip())).filter(secret -> !secret.value().isEmpty());
            } catch (IOException e) {
                throw new IllegalArgumentException(key + "_file cannot be read: " + file.get(), e);
            }
        }
        String variable = "MARKETPLACE_" + (id() + "_" + key).toUpperCase(Locale.ROOT).replace('-', '_');
        return text(key).or(() -> Optional.ofNullable(environment.apply(variable)).map(String::strip).filter(some -> !some.isEmpty()))
                .map(Secret::new);
    }

    Secret requiredSecret(String key) {
        return secret(key).orElseThrow(() -> new IllegalArgumentException(key + " is missing: neither in the configuration, nor in "
                + key + "_file, nor in the environment"));
    }

    long number(String key, long otherwise, long least, long most) {
        String value = text(key).orElse(Long.toString(otherwise));
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(key + " must be a number from " + least + " to " + most);
    }

    Duration seconds(String key, long otherwise) {
        return Duration.ofSeconds(number(key, otherwise, 1, MAX_SECONDS));
    }

    Instant instant(String key) {
        try {
            return Instant.parse(required(key));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(key + " must be a moment like 2026-12-01T00:00:00Z", e);
        }
    }

    /**
     * An address without a slash at its end.
     *
     * @param plain whether one on this machine may do without https
     */
    URI address(String key, String otherwise, boolean plain) {
        String text = text(key).orElse(otherwise).replaceAll("/+$", "");
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " is no address", e);
        }
        boolean here = address.getHost() != null && Set.of("localhost", "127.0.0.1", "[::1]").contains(address.getHost());
        boolean trusted = "https".equals(address.getScheme()) || plain && here && "http".equals(address.getScheme());
        if (!trusted || address.getHost() == null || address.getQuery() != null || address.getFragment() != null
                || address.getUserInfo() != null) {
            throw new IllegalArgumentException(key + " must be an https address" + (plain ? ", or http on this machine" : ""));
        }
        return address;
    }

    @Override
    public String toString() {
        return "Settings[" + id() + "]"; // holds secrets
    }
}
