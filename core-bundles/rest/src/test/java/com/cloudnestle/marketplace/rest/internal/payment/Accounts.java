package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.gateway.phonepe.internal.PhonePeComponent;
import com.cloudnestle.marketplace.gateway.razorpay.internal.RazorpayAccount;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Accounts with providers as their bundles make them of a configuration, and what the providers sign with. */
final class Accounts {

    static final String API_SECRET = "lab-key-secret-4711";
    static final String WEBHOOK_SECRET = "lab-webhook-secret-0815";
    static final String SECRET_BEFORE = "lab-webhook-secret-before";
    static final Duration GRACE = Duration.ofDays(1);

    private Accounts() {}

    static PaymentGateway razorpay(ManualClock clock) {
        List<PaymentGateway> made = new ArrayList<>();
        new RazorpayAccount(context(made), clock, Map.of("account_id", "acc_Lab00000000001", "key_id", "rzp_test_Lab00000000001",
                "key_secret", API_SECRET, "webhook_secret", WEBHOOK_SECRET,
                "previous_webhook_secrets", clock.instant().plus(GRACE) + "=" + SECRET_BEFORE, "base_url", "http://127.0.0.1:1"));
        return made.get(0);
    }

    /** @param id also the user that it signs notifications as */
    static PaymentGateway phonePe(ManualClock clock, String id, String provider) {
        return phonePe(clock, id, provider, Map.of());
    }

    /** @param changes of the configuration */
    static PaymentGateway phonePe(ManualClock clock, String id, String provider, Map<String, Object> changes) {
        List<PaymentGateway> made = new ArrayList<>();
        Map<String, Object> properties = new HashMap<>(Map.of("id", id, "merchant_id", "MLAB", "client_id", "lab", "client_secret", "lab-secret-1",
                "environment", "sandbox", "pg_base_url", provider, "oauth_base_url", provider, "checkout", "redirect",
                "webhook_username", user(id), "webhook_password", "Passw0rd9"));
        properties.putAll(Map.of("connect_timeout_seconds", "60", "timeout_seconds", "60")); // a slow machine is no fault of a provider
        properties.putAll(changes);
        new PhonePeComponent(clock, context(made), properties);
        return working(made.get(0), clock);
    }

    /** On a busy machine a provider may not answer within the moment in which a gateway has to say how it is. */
    private static PaymentGateway working(PaymentGateway gateway, ManualClock clock) {
        for (int i = 0; i < 30 && !gateway.health().working(); i++) {
            clock.advance(Duration.ofSeconds(6)); // so long a refusal is remembered
        }
        return gateway;
    }

    private static String user(String id) {
        return "user_" + id.replace('-', '_');
    }

    /** The same for each notification: PhonePe's header says nothing of the body. */
    static String phonePeHeader(String id) {
        return phonePeHeader(id, "Passw0rd9");
    }

    static String phonePeHeader(String id, String password) {
        try {
            byte[] login = (user(id) + ":" + password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(login));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String razorpaySignature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of what is registered the gateways are kept. */
    private static BundleContext context(List<PaymentGateway> made) {
        Object registration = Proxy.newProxyInstance(Accounts.class.getClassLoader(), new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> null);
        return (BundleContext) Proxy.newProxyInstance(Accounts.class.getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    for (Object argument : arguments == null ? new Object[0] : arguments) {
                        if (argument instanceof PaymentGateway gateway) {
                            made.add(gateway);
                        }
                    }
                    return method.getName().equals("registerService") ? registration : null;
                });
    }

    /** PhonePe as far as one order goes. */
    static String order(String state, Instant expires) {
        return "{\"orderId\":\"OMO1\",\"state\":\"" + state + "\",\"amount\":117882,\"payableAmount\":117882,\"expireAt\":"
                + expires.toEpochMilli() + ",\"metaInfo\":{},\"redirectUrl\":\"http://127.0.0.1:1/pay\",\"paymentDetails\":[{"
                + "\"transactionId\":\"OM1\",\"paymentMode\":\"UPI_QR\",\"timestamp\":1,\"amount\":117882,\"state\":\"" + state + "\"}]}";
    }
}
