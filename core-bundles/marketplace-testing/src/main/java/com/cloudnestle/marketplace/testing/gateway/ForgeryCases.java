package com.cloudnestle.marketplace.testing.gateway;

import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RawWebhook.Header;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance.Case;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab.Signer;
import com.cloudnestle.marketplace.testing.gateway.Trial.Opened;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** What is made of notifications that are not genuine, or no notifications at all. */
final class ForgeryCases {

    static final List<Case> ALL = List.of(
            new Case("a notification without a signature is not taken", ForgeryCases::unsigned),
            new Case("a notification with half a signature is not taken", ForgeryCases::damaged),
            new Case("a notification with two signatures is not taken", ForgeryCases::twoSignatures),
            new Case("a notification with one byte changed is not taken", ForgeryCases::changedByte),
            new Case("a notification written anew is not taken", ForgeryCases::rewritten),
            new Case("the signature of one notification is none of another", ForgeryCases::borrowed),
            new Case("the secret of before is still taken", ForgeryCases::secretBefore),
            new Case("a secret that is over is not taken", trial -> refused(trial, Signer.OUTDATED)),
            new Case("the secret of calls is none of notifications", trial -> refused(trial, Signer.WRONG_SECRET)),
            new Case("the notification of another merchant is not taken", trial -> refused(trial, Signer.OTHER_ACCOUNT)),
            new Case("the notification of a stranger is not taken", trial -> refused(trial, Signer.STRANGER)),
            new Case("a notification that names another merchant is not taken", ForgeryCases::otherAccount),
            new Case("junk is refused in order, with and without a signature", ForgeryCases::junk),
            new Case("junk inside a signed notification does no harm", ForgeryCases::junkInside),
            new Case("junk in headers is refused in order", ForgeryCases::junkHeaders),
            new Case("genuine and forged ones at the same time are not mixed up", ForgeryCases::atOnce));

    private ForgeryCases() {}

    private static RawWebhook genuine(Trial trial) {
        return trial.notifications(trial.paid()).get(0);
    }

    private static RawWebhook with(RawWebhook webhook, byte[] body) {
        return new RawWebhook(webhook.headers(), body, webhook.receivedAt());
    }

    private static RawWebhook with(RawWebhook webhook, List<Header> headers) {
        return new RawWebhook(headers, webhook.body(), webhook.receivedAt());
    }

    private static void notTaken(Trial trial, RawWebhook webhook, String what) {
        WebhookResult result = trial.authenticate(webhook);
        trial.check(!(result instanceof Accepted), what + " is taken: " + result);
    }

    private static void signedBody(Trial trial, RawWebhook genuine) {
        trial.applicable(trial.accepted(genuine).trust() == Trust.SIGNED_BODY, "it says itself that the body is not signed");
    }

    private static void unsigned(Trial trial) {
        RawWebhook genuine = genuine(trial);
        notTaken(trial, with(genuine, List.of()), "one without headers");
        for (String name : trial.lab.signatureHeaders()) {
            List<Header> rest = genuine.headers().stream().filter(header -> !header.name().equals(name)).toList();
            notTaken(trial, with(genuine, rest), "one without " + name);
        }
    }

    /** The same notification with each header of the signature changed, one at a time. */
    private static List<RawWebhook> changed(Trial trial, RawWebhook genuine, UnaryOperator<String> change) {
        List<RawWebhook> all = new ArrayList<>();
        for (String name : trial.lab.signatureHeaders()) {
            all.add(with(genuine, genuine.headers().stream()
                    .map(header -> header.name().equals(name) ? new Header(name, change.apply(header.value())) : header).toList()));
        }
        return all;
    }

    private static void damaged(Trial trial) {
        RawWebhook genuine = genuine(trial);
        List<UnaryOperator<String>> damages = List.of(value -> "", value -> value.substring(0, value.length() / 2),
                value -> value.substring(0, value.length() - 1), value -> value + "0", value -> "0".repeat(value.length()),
                value -> value + "," + value, value -> (value.charAt(0) == '0' ? '1' : '0') + value.substring(1));
        for (UnaryOperator<String> damage : damages) {
            changed(trial, genuine, damage).forEach(webhook -> notTaken(trial, webhook, "one with a damaged signature"));
        }
        // What comes of these is the gateway's decision, but it comes in order.
        for (UnaryOperator<String> odd : List.<UnaryOperator<String>>of(value -> value.toUpperCase(Locale.ROOT), value -> " " + value + " ",
                value -> "sha256=" + value, value -> "Basic " + value)) {
            changed(trial, genuine, odd).forEach(trial::authenticate);
        }
    }

    private static void twoSignatures(Trial trial) {
        RawWebhook genuine = genuine(trial);
        for (String name : trial.lab.signatureHeaders()) {
            String forged = "0".repeat(genuine.header(name).get(0).length());
            List<Header> after = new ArrayList<>(genuine.headers());
            after.add(new Header(name, forged));
            notTaken(trial, with(genuine, after), "one with a forged " + name + " after the genuine one");
            List<Header> before = new ArrayList<>(genuine.headers());
            before.add(0, new Header(name, forged));
            notTaken(trial, with(genuine, before), "one with a forged " + name + " before the genuine one");
        }
    }

    private static void changedByte(Trial trial) {
        RawWebhook genuine = genuine(trial);
        signedBody(trial, genuine);
        int length = genuine.body().length;
        for (int i = 0; i < length; i += Math.max(1, length / 100)) {
            byte[] body = genuine.body().clone();
            body[i] ^= 1;
            notTaken(trial, with(genuine, body), "one with byte " + i + " changed");
        }
    }

    private static void rewritten(Trial trial) {
        RawWebhook genuine = genuine(trial);
        signedBody(trial, genuine);
        String text = new String(genuine.body(), StandardCharsets.UTF_8);
        for (String other : List.of(text + " ", " " + text, text + "\n", text.replace(":", ": "), text.replace("\"", "\\u0022"), "\uFEFF" + text,
                text + text, "")) {
            if (!other.equals(text)) {
                notTaken(trial, with(genuine, other.getBytes(StandardCharsets.UTF_8)), "one whose body was written anew");
            }
        }
    }

    private static void borrowed(Trial trial) {
        RawWebhook one = genuine(trial);
        RawWebhook two = genuine(trial);
        signedBody(trial, one);
        notTaken(trial, with(one, two.body()), "one with the signature of another");
    }

    private static void secretBefore(Trial trial) {
        trial.needs(Signer.PROVIDER_BEFORE);
        trial.accepted(trial.lab.signed(Signer.PROVIDER_BEFORE, genuine(trial).body()));
    }

    private static void refused(Trial trial, Signer signer) {
        trial.needs(signer);
        notTaken(trial, trial.lab.signed(signer, genuine(trial).body()), "one signed by " + signer);
    }

    private static void otherAccount(Trial trial) {
        trial.needs(Signer.PROVIDER);
        RawWebhook genuine = genuine(trial);
        String text = new String(genuine.body(), StandardCharsets.UTF_8);
        String account = trial.gateway.account();
        trial.applicable(text.contains('"' + account + '"'), "its notifications do not name the merchant account");
        byte[] body = text.replace('"' + account + '"', "\"another" + account + '"').getBytes(StandardCharsets.UTF_8);
        notTaken(trial, trial.lab.signed(Signer.PROVIDER, body), "one that names another merchant");
    }

    private static void junk(Trial trial) {
        RawWebhook genuine = genuine(trial);
        boolean signs = trial.lab.signers().contains(Signer.PROVIDER);
        for (byte[] junk : Junk.bodies()) {
            trial.within(Duration.ofSeconds(2), "junk of " + junk.length + " bytes takes seconds", () -> {
                WebhookResult kept = trial.authenticate(with(genuine, junk));
                trial.check(!(kept instanceof Accepted accepted && accepted.trust() == Trust.SIGNED_BODY), "junk is taken with an old signature");
                notTaken(trial, with(with(genuine, junk), List.of()), "junk");
                if (signs) {
                    WebhookResult result = trial.authenticate(trial.lab.signed(Signer.PROVIDER, junk));
                    trial.check(!(result instanceof Accepted accepted) || accepted.subject() == WebhookResult.Subject.OTHER,
                            "junk is understood as " + result);
                }
            });
        }
    }

    private static void junkInside(Trial trial) {
        trial.needs(Signer.PROVIDER);
        Opened paid = trial.paid();
        for (RawWebhook genuine : trial.notifications(paid)) {
            for (byte[] spoilt : Junk.spoilt(genuine.body())) {
                WebhookResult result = trial.authenticate(trial.lab.signed(Signer.PROVIDER, spoilt));
                if (result instanceof Accepted accepted) {
                    trial.check(accepted.duplicateKeys().stream().allMatch(key -> key.length() <= 200), "a key of more than 200 characters");
                }
            }
        }
    }

    private static void junkHeaders(Trial trial) {
        RawWebhook genuine = genuine(trial);
        for (String junk : Junk.texts()) {
            changed(trial, genuine, value -> junk).forEach(webhook -> notTaken(trial, webhook, "one with junk for a signature"));
            List<Header> all = genuine.headers().stream()
                    .map(header -> trial.lab.signatureHeaders().contains(header.name()) ? header : new Header(header.name(), junk)).toList();
            trial.authenticate(with(genuine, all));
        }
    }

    private static void atOnce(Trial trial) throws Exception {
        trial.needs(Signer.STRANGER);
        RawWebhook genuine = genuine(trial);
        WebhookResult right = trial.accepted(genuine);
        RawWebhook forged = trial.lab.signed(Signer.STRANGER, genuine.body());
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean sound = i % 2 == 0;
                running.add(pool.submit(() -> {
                    start.await();
                    int wrong = 0;
                    for (int n = 0; n < 1000; n++) {
                        WebhookResult result = trial.gateway.authenticate(sound ? genuine : forged);
                        wrong += (sound ? result.equals(right) : !(result instanceof Accepted)) ? 0 : 1;
                    }
                    return wrong;
                }));
            }
            start.countDown();
            int wrong = 0;
            for (Future<Integer> one : running) {
                wrong += one.get();
            }
            trial.check(wrong == 0, wrong + " of 4000 are understood wrongly");
        } finally {
            pool.shutdownNow();
        }
    }
}
