package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayCapabilities.Mode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of an account. All mistakes are told at once, each with its key and never with the value of a secret.
 *
 * @param properties as the container hands them over
 * @param environment variables of the process
 */
record SettingsReader(Map<String, Object> properties, Function<String, @Nullable String> environment) {

    static final String DEFAULT_ID = "razorpay";

    /** All there are; the three secrets also with {@code _file} behind them. */
    static final Set<String> KEYS = Set.of("id", "name", "brand", "account_id", "key_id", "key_secret", "key_secret_file",
            "webhook_secret", "webhook_secret_file", "previous_webhook_secrets", "previous_webhook_secrets_file", "base_url",
            "checkout_url", "script_origins", "checkout", "payout_account", "currencies", "minimum_minor", "maximum_minor", "connect_timeout_millis",
            "request_timeout_millis");

    /** What a container adds to a configuration on its own. */
    private static final List<String> FOREIGN = List.of("service.", "component.", "felix.", "osgi.", "org.apache.karaf.", ".");

    private static final int MAX_NAME = 40;
    private static final long DEFAULT_MAXIMUM = 50_000_000; // Razorpay's usual limit of a payment: 500,000 rupees
    private static final long DEFAULT_MINIMUM = 100;
    private static final List<String> RAZORPAY_ORIGINS = List.of("https://checkout.razorpay.com", "https://api.razorpay.com",
            "https://cdn.razorpay.com", "https://lumberjack.razorpay.com");

    /** @throws ConfigurationMistake with everything that is wrong */
    AccountSettings read() throws ConfigurationMistake {
        Mistakes mistakes = new Mistakes();
        mistakes.check(this::refuseUnknownKeys);
        String id = mistakes.or("", () -> id());
        String keyId = mistakes.or("", this::keyId);
        String account = mistakes.or("", this::account);
        Secret keySecret = mistakes.or(new Secret(""), () -> new Secret(secret(id, "key_secret")));
        Secret.OfWebhooks webhookSecrets = mistakes.or(new Secret.OfWebhooks(new Secret(""), List.of()), () -> webhookSecrets(id, keySecret));
        URI api = mistakes.or(AccountSettings.API, () -> address("base_url", AccountSettings.API));
        URI script = mistakes.or(AccountSettings.SCRIPT, () -> address("checkout_url", AccountSettings.SCRIPT));
        boolean links = mistakes.or(false, this::links);
        Duration connect = mistakes.or(Duration.ZERO, () -> millis("connect_timeout_millis", 3_000));
        Duration request = mistakes.or(Duration.ZERO, () -> millis("request_timeout_millis", 10_000));
        String brand = mistakes.or("", () -> name("brand", ""));
        String payoutAccount = mistakes.or("", this::payoutAccount);
        Optional<GatewayCapabilities> capabilities = mistakes.or(Optional.empty(), () -> Optional.of(capabilities(keyId, api, script, links)));
        mistakes.throwIfAny();
        return new AccountSettings(id, account, keyId, keySecret, webhookSecrets, api, script, brand, payoutAccount, links, connect, request,
                capabilities.orElseThrow());
    }

    /** As it stands there, or the usual one where it is of no use. */
    String usableId() {
        try {
            return id();
        } catch (IllegalArgumentException e) {
            return DEFAULT_ID;
        }
    }

    private String id() {
        String id = value("id").orElse(DEFAULT_ID);
        require(id.matches("[a-z0-9-]{2,30}"), "id must be 2 to 30 of a-z, 0-9 and -");
        return id;
    }

    private String keyId() {
        String keyId = value("key_id").orElse("");
        require(mode(keyId).isPresent() && keyId.matches("[A-Za-z0-9_]{10,60}"),
                "key_id must be a key of Razorpay: it begins with " + AccountSettings.LIVE_KEY + " or " + AccountSettings.TEST_KEY);
        return keyId;
    }

    static Optional<Mode> mode(String keyId) {
        return keyId.startsWith(AccountSettings.LIVE_KEY) ? Optional.of(Mode.LIVE)
                : keyId.startsWith(AccountSettings.TEST_KEY) ? Optional.of(Mode.TEST) : Optional.empty();
    }

    private String account() {
        String account = value("account_id").orElse("");
        require(Ids.is("acc_", account), "account_id must be the merchant account's key at Razorpay: acc_ and letters or digits");
        return account;
    }

    private Secret.OfWebhooks webhookSecrets(String id, Secret keySecret) {
        Secret current = new Secret(secret(id, "webhook_secret"));
        require(!current.equals(keySecret), "webhook_secret must not be the key_secret");
        List<Secret.Ending> before = new ArrayList<>();
        for (String entry : secretText(id, "previous_webhook_secrets").split("\\s+")) {
            if (!entry.isEmpty()) {
                before.add(ending(entry));
            }
        }
        return new Secret.OfWebhooks(current, before);
    }

    private static Secret.Ending ending(String entry) {
        String form = "previous_webhook_secrets must be entries like 2026-12-31T00:00:00Z=secret with space between them";
        int equals = entry.indexOf('=');
        require(equals > 0 && equals < entry.length() - 1, form);
        try {
            return new Secret.Ending(new Secret(entry.substring(equals + 1)), Instant.parse(entry.substring(0, equals)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(form, e);
        }
    }

    private String secret(String id, String key) {
        String text = secretText(id, key);
        require(!text.isEmpty(), key + " is missing: set it, " + key + "_file or the variable " + variable(id, key));
        require(text.chars().noneMatch(c -> c <= ' ' || c > '~'), key + " must be printable ASCII without spaces");
        return text;
    }

    private String secretText(String id, String key) {
        Optional<String> file = value(key + "_file");
        if (file.isPresent()) {
            try {
                return Files.readString(Path.of(file.get())).strip();
            } catch (IOException | RuntimeException e) {
                throw new IllegalArgumentException(key + "_file cannot be read: " + file.get(), e);
            }
        }
        return value(key).or(() -> Optional.ofNullable(environment.apply(variable(id, key)))).orElse("").strip();
    }

    private static String variable(String id, String key) {
        return "MARKETPLACE_" + (id.isEmpty() ? DEFAULT_ID : id).toUpperCase(Locale.ROOT).replace('-', '_') + "_" + key.toUpperCase(Locale.ROOT);
    }

    private URI address(String key, URI usual) {
        String text = value(key).orElse(usual.toString());
        try {
            URI address = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean here = "http".equals(address.getScheme()) && List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
            boolean good = address.getHost() != null && ("https".equals(address.getScheme()) || here)
                    && address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null;
            require(good, key + " must be an https address, or http on this machine");
            return address;
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException(key + " is no address", e);
        }
    }

    private boolean links() {
        String checkout = value("checkout").orElse("script");
        require(Set.of("script", "link").contains(checkout), "checkout must be script or link");
        return checkout.equals("link");
    }

    private String payoutAccount() {
        String account = value("payout_account").orElse("");
        require(account.matches("([A-Za-z0-9]{5,22})?"), "payout_account must be the number of the account at RazorpayX: 5 to 22 letters and digits");
        return account;
    }

    private GatewayCapabilities capabilities(String keyId, URI api, URI script, boolean links) {
        Set<String> currencies = words("currencies", "INR").collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).collect(Collectors.toSet());
        require(!currencies.isEmpty() && known.containsAll(currencies), "currencies must be ISO 4217 codes, e.g. INR");
        long minimum = whole("minimum_minor", DEFAULT_MINIMUM);
        long maximum = whole("maximum_minor", DEFAULT_MAXIMUM);
        require(minimum >= 1 && maximum >= minimum, "minimum_minor must be at least 1 and maximum_minor at least as much");
        require(!currencies.contains("INR") || minimum >= DEFAULT_MINIMUM, "minimum_minor must be at least 100: Razorpay takes no less than one rupee");
        List<String> origins = links ? List.of() : words("script_origins",
                script.equals(AccountSettings.SCRIPT) ? String.join(" ", RAZORPAY_ORIGINS) : origin(script) + " " + origin(api)).distinct().toList();
        return AccountSettings.capabilities(name("name", "Razorpay"), mode(keyId).orElse(Mode.TEST), currencies, minimum, maximum, origins);
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private String name(String key, String usual) {
        String name = value(key).orElse(usual);
        require(name.length() <= MAX_NAME && name.chars().noneMatch(Character::isISOControl),
                key + " must have at most " + MAX_NAME + " characters in one line");
        return name;
    }

    private Duration millis(String key, long usual) {
        long millis = whole(key, usual);
        require(millis >= 100 && millis <= 60_000, key + " must be 100 to 60000");
        return Duration.ofMillis(millis);
    }

    private long whole(String key, long usual) {
        String text = value(key).orElse(Long.toString(usual));
        require(text.matches("[0-9]{1,15}"), key + " must be a whole number");
        return Long.parseLong(text);
    }

    /** A misspelt key would be silently nothing. */
    private void refuseUnknownKeys() {
        List<String> unknown = properties.keySet().stream()
                .filter(key -> !KEYS.contains(key) && FOREIGN.stream().noneMatch(key::startsWith))
                .sorted().toList();
        require(unknown.isEmpty(), unknown + " are not keys; the keys are " + KEYS.stream().sorted().toList());
    }

    private Stream<String> words(String key, String usual) {
        return Arrays.stream(value(key).orElse(usual).split("[,\\s]+")).filter(word -> !word.isEmpty());
    }

    private Optional<String> value(String key) {
        Object value = properties.get(key);
        String text = value == null ? "" : value instanceof Object[] several
                ? Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(" ")) : String.valueOf(value);
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public String toString() {
        return "SettingsReader[]"; // holds secrets
    }
}
