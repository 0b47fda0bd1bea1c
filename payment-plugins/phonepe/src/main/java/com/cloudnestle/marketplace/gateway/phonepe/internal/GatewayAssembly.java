package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.gateway.phonepe.internal.BodySignatureCheck.Key;
import com.cloudnestle.marketplace.gateway.phonepe.internal.HeaderHashCheck.Login;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayCapabilities.Mode;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts a gateway together as a configuration says. Each mistake is an {@link IllegalArgumentException} that names the key. */
final class GatewayAssembly {

    private static final String SANDBOX_API = "https://api-preprod.phonepe.com/apis/pg-sandbox";
    private static final Pattern MERCHANT = Pattern.compile("[A-Za-z0-9_-]{1,37}");
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,4}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,40}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{5,20}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9]{8,20}");
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+");
    private static final long LARGEST_PAISE = 10_000_000_000L;
    /** The network's limit for a charge without the buyer: 15,000 rupees, with tax. */
    private static final long LARGEST_CHARGE = 1_500_000;
    private static final int WATCH_DAYS_V2 = 2;
    private static final int WATCH_DAYS_V1 = 3;

    private final Settings settings;
    private final boolean live;

    GatewayAssembly(Settings settings) {
        this.settings = settings;
        live = settings.choice("environment", "sandbox", "production").equals("production");
    }

    Duration connectTimeout() {
        return settings.seconds("connect_timeout_seconds", 4);
    }

    Duration patience() {
        return settings.seconds("timeout_seconds", 12);
    }

    /** @param executor for questions about health */
    PaymentGateway gateway(Transport transport, Executor executor, Repetition repetition, InstantSource clock) {
        boolean old = settings.choice("generation", "v2", "v1").equals("v1");
        return old ? saltKeyGateway(transport, repetition) : clientKeyGateway(transport, executor, repetition, clock);
    }

    private PaymentGateway clientKeyGateway(Transport transport, Executor executor, Repetition repetition, InstantSource clock) {
        ClientKeys keys = new ClientKeys(settings.required("client_id"), settings.requiredSecret("client_secret"),
                settings.text("client_version").orElse("1"));
        URI oauth = settings.address("oauth_base_url", live ? "https://api.phonepe.com/apis/identity-manager" : SANDBOX_API, !live);
        URI api = base(live ? "https://api.phonepe.com/apis/pg" : SANDBOX_API);
        Optional<Long> mandates = settings.choice("autopay", "false", "true").equals("true")
                ? Optional.of(settings.number("autopay_maximum_paise", LARGEST_CHARGE, Identity.MINIMUM, LARGEST_CHARGE)) : Optional.empty();
        AccessTokens tokens = new AccessTokens(transport, oauth, keys, clock);
        return new PhonePeGateway(profile(page(), true, WATCH_DAYS_V2, mandates), new PhonePeApi(transport, api, tokens, repetition),
                webhooks(), new Health(tokens, executor, clock), clock);
    }

    private PaymentGateway saltKeyGateway(Transport transport, Repetition repetition) {
        SaltKey salt = new SaltKey(settings.requiredSecret("salt_key"), settings.matching("salt_index", "1", INDEX, "a number"));
        Rotation<SaltKey> salts = rotation("salt_previous_key", salt,
                key -> new SaltKey(key, settings.matching("salt_previous_index", salt.index(), INDEX, "a number")));
        URI base = base(live ? "https://api.phonepe.com/apis/hermes" : SANDBOX_API);
        PageOpening page = new PageOpening(Optional.empty(), List.of(), !live);
        return new SaltKeyGateway(profile(page, false, WATCH_DAYS_V1, Optional.empty()),
                new SaltKeyApi(transport, base, merchant(), salt, repetition),
                settings.address("callback_url", "", !live), new SaltKeyCheck(salts, new NotificationReader(merchant())));
    }

    private URI base(String usual) {
        URI base = settings.address("pg_base_url", usual, !live);
        if (live && (base.getHost().contains("preprod") || base.getHost().contains("uat"))) {
            throw new IllegalArgumentException("pg_base_url is of PhonePe's sandbox, and environment is production");
        }
        return base;
    }

    private String merchant() {
        settings.required("merchant_id");
        return settings.matching("merchant_id", "", MERCHANT, "1 to 37 letters, digits, '_' and '-'");
    }

    private Profile profile(PageOpening page, boolean failedIsFinal, int watchDays, Optional<Long> mandates) {
        long least = settings.number("minimum_paise", Identity.MINIMUM, Identity.MINIMUM, LARGEST_PAISE);
        GatewayCapabilities capabilities = new GatewayCapabilities(
                settings.matching("name", "PhonePe", NAME, "1 to 40 characters"),
                List.of("UPI", "Cards", "Net banking"),
                Set.of(Identity.RUPEES),
                least,
                settings.number("maximum_paise", 50_000_000, least, LARGEST_PAISE),
                live ? Mode.LIVE : Mode.TEST,
                true,
                failedIsFinal,
                page.origins(),
                watchDays);
        return new Profile(settings.id(), merchant(), capabilities, page, mandates);
    }

    private PageOpening page() {
        if (settings.choice("checkout", "redirect", "script").equals("redirect")) {
            return new PageOpening(Optional.empty(), List.of(), !live);
        }
        URI script = settings.address("script_url", live ? "https://mercury.phonepe.com/web/bundle/checkout.js"
                : "https://mercury-stg.phonepe.com/web/bundle/checkout.js", !live);
        String own = script.getScheme() + "://" + script.getRawAuthority();
        String usual = live ? "https://mercury-t2.phonepe.com" : "https://mercury-uat.phonepe.com";
        String[] others = settings.text("script_origins").orElse(usual).split("[,\\s]+");
        List<String> origins = Stream.concat(Stream.of(own), Arrays.stream(others)).distinct().toList();
        if (!origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
            throw new IllegalArgumentException("script_origins must be web origins like https://example.com");
        }
        return new PageOpening(Optional.of(script), origins, !live);
    }

    private WebhookCheck webhooks() {
        NotificationReader reader = new NotificationReader(merchant());
        return switch (settings.choice("webhook_auth", "sha", "hmac", "none")) {
            case "sha" -> {
                Login login = login("webhook_username", settings.requiredSecret("webhook_password"));
                yield new HeaderHashCheck(rotation("webhook_previous_password", login, secret ->
                        login(settings.text("webhook_previous_username").isPresent() ? "webhook_previous_username" : "webhook_username",
                                secret)), reader);
            }
            case "hmac" -> {
                Key key = new Key(settings.required("webhook_key_id"), settings.requiredSecret("webhook_secret"));
                yield new BodySignatureCheck(rotation("webhook_previous_secret", key, secret ->
                        new Key(settings.text("webhook_previous_key_id").orElse(key.id()), secret)),
                        settings.choice("webhook_encoding", "hex", "base64").equals("base64"), reader);
            }
            default -> WebhookCheck.none();
        };
    }

    private Login login(String usernameKey, Secret password) {
        settings.required(usernameKey);
        String username = settings.matching(usernameKey, "", USERNAME, "5 to 20 letters, digits and '_', as PhonePe demands");
        if (!PASSWORD.matcher(password.value()).matches()) {
            throw new IllegalArgumentException("webhook_password must be 8 to 20 letters and digits, as PhonePe demands");
        }
        return new Login(username, password);
    }

    private <T> Rotation<T> rotation(String previousKey, T current, Function<Secret, T> previous) {
        Optional<Secret> before = settings.secret(previousKey);
        Supplier<Instant> until = () -> settings.instant("webhook_previous_until");
        return before.map(secret -> new Rotation<>(current, Optional.of(previous.apply(secret)), until.get()))
                .orElseGet(() -> Rotation.of(current));
    }
}
