package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.gateway.phonepe.server.Asked;
import com.cloudnestle.marketplace.gateway.phonepe.server.Merchant;
import com.cloudnestle.marketplace.gateway.phonepe.server.Signatures;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RawWebhook.Header;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The gateway of a {@link Rig} under trial. */
final class PhonePeLab implements GatewayLab {

    private final Rig rig;
    private final Mode mode;
    private final CapturedLog log = new CapturedLog();
    /** Bound, so that nobody else can listen there, and does not listen itself. */
    private final Socket nobody = bound();
    private final AtomicInteger refusals = new AtomicInteger();

    /** How notifications are authenticated, and by which API. */
    enum Mode {
        SHA(Set.of("authorization")),
        HMAC(Set.of("x-phonepe-checksum-key-id", "x-phonepe-checksum-signature")),
        V1(Set.of("x-verify"));

        private final Set<String> headers;

        Mode(Set<String> headers) {
            this.headers = headers;
        }
    }

    PhonePeLab(Mode mode) {
        this.mode = mode;
        Map<String, Object> changes = switch (mode) {
            case SHA -> Map.of("checkout", "script");
            case HMAC -> Map.of("webhook_auth", "hmac");
            case V1 -> Map.of("generation", "v1");
        };
        rig = Rig.impatient(changes, sound -> request -> sound.send(refused(request) ? toNobody(request) : request));
    }

    /** A look at a refund precedes each that is made. */
    private static boolean looksForRefund(String method, String path) {
        return method.equals("GET") && (path.startsWith("/payments/v2/refund/") || path.contains("/rfd_"));
    }

    private boolean refused(HttpRequest request) {
        String path = request.uri().getPath();
        return !path.startsWith("/v1/oauth/") && !looksForRefund(request.method(), path)
                && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private HttpRequest toNobody(HttpRequest request) {
        URI there = URI.create("http://127.0.0.1:" + nobody.getLocalPort() + request.uri().getPath());
        return HttpRequest.newBuilder(request, (name, value) -> true).uri(there).build();
    }

    private static Socket bound() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PaymentGateway gateway() {
        return rig.gateway;
    }

    @Override
    public Instant now() {
        return rig.clock.instant();
    }

    @Override
    public List<String> secrets() {
        Merchant merchant = rig.server.merchant();
        return List.of(merchant.clientSecret(), merchant.saltKey(), merchant.webhookPassword(), merchant.webhookSecret(), "lab-access-token",
                "lab.payer@upi");
    }

    @Override
    public Set<Deed> deeds() {
        EnumSet<Deed> deeds = EnumSet.of(Deed.PAY, Deed.FAIL, Deed.EXPIRE, Deed.PAY_LESS, Deed.PAY_MORE, Deed.PAY_OTHER_CURRENCY, Deed.FORGET,
                Deed.REFUND_PROCESSED, Deed.REFUND_FAILED);
        if (mode == Mode.V1) {
            deeds.add(Deed.PAY_LATE); // orders of v2 that failed stay so
        }
        return deeds;
    }

    @Override
    public void happen(Deed deed, String key) {
        switch (deed) {
            case PAY, PAY_LATE -> rig.levers.pay(key);
            case FAIL -> rig.levers.fail(key);
            case EXPIRE -> rig.levers.expire(key);
            case PAY_LESS -> rig.levers.payOther(key, -1, "");
            case PAY_MORE -> rig.levers.payOther(key, 1, "");
            case PAY_OTHER_CURRENCY -> rig.levers.payOther(key, 0, "USD");
            case FORGET -> rig.levers.forget(key);
            case REFUND_PROCESSED -> rig.levers.settleRefund(key, true);
            case REFUND_FAILED -> rig.levers.settleRefund(key, false);
            default -> throw new IllegalArgumentException("PhonePe knows no " + deed);
        }
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @Override
    public void disturb(Fault fault, int requests) {
        if (fault == Fault.REFUSED) {
            refusals.set(requests);
        } else {
            rig.silent = fault == Fault.SILENCE;
            rig.server.disturb(com.cloudnestle.marketplace.gateway.phonepe.server.Fault.valueOf(fault.name()), requests,
                    (Asked asked) -> !looksForRefund(asked.method(), asked.path()));
        }
    }

    @Override
    public void calm() {
        refusals.set(0);
        rig.silent = false;
        rig.server.calm();
    }

    @Override
    public int orders(String paymentId) {
        return rig.levers.orders(paymentId);
    }

    @Override
    public List<Money> refunds(String paymentId) {
        return rig.levers.refunds(paymentId).stream().map(Rig::rupees).toList();
    }

    @Override
    public ReturnProof proof(String paymentId) {
        return new ReturnProof(Map.of("outcome", "CONCLUDED"));
    }

    @Override
    public List<RawWebhook> notifications(String paymentId) {
        return rig.server.notifications(paymentId).stream().map(sent -> new RawWebhook(
                sent.headers().entrySet().stream().map(header -> new Header(header.getKey(), header.getValue())).toList(),
                sent.body(), now())).toList();
    }

    @Override
    public Set<Signer> signers() {
        return EnumSet.allOf(Signer.class);
    }

    @Override
    public RawWebhook signed(Signer signer, byte[] body) {
        return new RawWebhook(headers(signer, body), body, now());
    }

    private List<Header> headers(Signer signer, byte[] body) {
        Merchant merchant = rig.server.merchant();
        return switch (mode) {
            case SHA -> List.of(new Header("authorization", Signatures.sha256(switch (signer) {
                case PROVIDER -> merchant.webhookUsername() + ":" + merchant.webhookPassword();
                case PROVIDER_BEFORE -> merchant.webhookUsername() + ":Passw0rd8";
                case OUTDATED -> merchant.webhookUsername() + ":Passw0rd7";
                case WRONG_SECRET -> merchant.clientId() + ":" + merchant.clientSecret();
                case OTHER_ACCOUNT -> "webuser_2:Passw0rd2";
                case STRANGER -> "stranger";
            })));
            case HMAC -> {
                String[] key = switch (signer) {
                    case PROVIDER -> new String[] {merchant.webhookKeyId(), merchant.webhookSecret()};
                    case PROVIDER_BEFORE -> new String[] {"lab-key-0", "lab-hmac-key-before"};
                    case OUTDATED -> new String[] {"lab-key-minus-1", "lab-hmac-key-long-before"};
                    case WRONG_SECRET -> new String[] {merchant.webhookKeyId(), merchant.clientSecret()};
                    case OTHER_ACCOUNT -> new String[] {"other-key-1", "other-hmac-key"};
                    case STRANGER -> new String[] {merchant.webhookKeyId(), "stranger"};
                };
                yield List.of(new Header("x-phonepe-checksum-key-id", key[0]),
                        new Header("x-phonepe-checksum-signature", Signatures.hmac(key[1], body)));
            }
            case V1 -> {
                String salt = switch (signer) {
                    case PROVIDER -> merchant.saltKey();
                    case PROVIDER_BEFORE -> "lab-salt-0000";
                    case OUTDATED -> "lab-salt-long-before";
                    case WRONG_SECRET -> merchant.clientSecret();
                    case OTHER_ACCOUNT -> "other-salt-0001";
                    case STRANGER -> "stranger";
                };
                String response = NotificationReader.document(body).map(json -> json.path("response").asText("")).orElse("");
                yield List.of(new Header("x-verify", Signatures.sha256(response + salt) + "###" + merchant.saltIndex()));
            }
        };
    }

    @Override
    public Set<String> signatureHeaders() {
        return mode.headers;
    }

    @Override
    public int redirectsFollowed() {
        return rig.server.strayed();
    }

    @Override
    public List<String> logged() {
        return log.lines();
    }

    @Override
    public void close() {
        rig.close();
        log.close();
        try {
            nobody.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
