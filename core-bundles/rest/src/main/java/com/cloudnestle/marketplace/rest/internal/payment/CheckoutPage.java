package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.rest.internal.http.Json;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page that runs a provider's script. Of the provider's origins it loads what it must, and nothing from anywhere else. */
final class CheckoutPage {

    private static final String HTML = text("checkout.html");

    /** Files of the page's own, by address. */
    private record Asset(String type, byte[] content) {}

    private static final Map<String, Asset> ASSETS = Map.of(
            "/pay/checkout.js", new Asset("text/javascript;charset=utf-8", text("checkout.js").getBytes(StandardCharsets.UTF_8)),
            "/pay/checkout.css", new Asset("text/css;charset=utf-8", text("checkout.css").getBytes(StandardCharsets.UTF_8)));

    private static final Map<String, String> ENGLISH = Map.of(
            "language", "en",
            "title", "Payment",
            "opening", "The payment opens…",
            "failed", "The payment could not be opened. Nothing was charged.",
            "script", "The provider's payment needs JavaScript.",
            "back", "Back to the order");
    private static final Map<String, String> HINDI = Map.of(
            "language", "hi",
            "title", "भुगतान",
            "opening", "भुगतान खुल रहा है…",
            "failed", "भुगतान नहीं खुल सका। कोई राशि नहीं ली गई।",
            "script", "भुगतान के लिए JavaScript ज़रूरी है।",
            "back", "ऑर्डर पर वापस जाएँ");

    private CheckoutPage() {}

    static void send(HttpServletResponse response, String paymentId, String gateway, Checkout.Script script, List<String> origins,
            String language) throws IOException {
        String theirs = String.join(" ", origins);
        response.setHeader("Content-Security-Policy", policy(theirs));
        // some providers open windows of banks, and ask the browser for the cards it knows
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin-allow-popups");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), usb=(), payment=(self"
                + origins.stream().map(origin -> " \"" + origin + "\"").collect(Collectors.joining()) + ")");
        // providers look which shop their page was opened by
        response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
        response.setHeader("Cache-Control", "no-store");
        String html = HTML
                .replace("{{source}}", escaped(script.source().toString()))
                .replace("{{waiting}}", "/pay/" + paymentId);
        for (Map.Entry<String, String> word : (language.startsWith("hi") ? HINDI : ENGLISH).entrySet()) {
            html = html.replace("{{" + word.getKey() + "}}", word.getValue());
        }
        html = html.replace("{{checkout}}", data(paymentId, gateway, script));
        Replies.bytes(response, HttpServletResponse.SC_OK, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Styles may stand in the page, as providers' scripts write theirs there; scripts may not. */
    private static String policy(String theirs) {
        String own = theirs.isEmpty() ? "'self'" : "'self' " + theirs;
        return "default-src 'none'; script-src " + own + "; connect-src " + own + "; frame-src " + own + "; form-action " + own
                + "; img-src " + own + " data:; font-src " + own + "; style-src " + own + " 'unsafe-inline'"
                + "; base-uri 'none'; frame-ancestors 'none'";
    }

    /** @return whether there is such a file */
    static boolean asset(String path, HttpServletResponse response) throws IOException {
        Optional<Asset> asset = Optional.ofNullable(ASSETS.get(path));
        if (asset.isPresent()) {
            script(response, asset.get().type, asset.get().content);
        }
        return asset.isPresent();
    }

    static void script(HttpServletResponse response, String type, byte[] content) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        Replies.bytes(response, HttpServletResponse.SC_OK, type, content);
    }

    /** JSON that can stand in a script element, whatever the parameters hold. */
    private static String data(String paymentId, String gateway, Checkout.Script script) {
        byte[] json = Json.write(out -> {
            out.writeStartObject();
            out.writeStringField("payment", paymentId);
            out.writeStringField("starter", "/pay/starter/" + gateway + "/" + script.starter());
            out.writeObjectFieldStart("parameters");
            for (Map.Entry<String, String> parameter : script.parameters().entrySet()) {
                out.writeStringField(parameter.getKey(), parameter.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        });
        return new String(json, StandardCharsets.UTF_8).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String text(String file) {
        try (InputStream in = CheckoutPage.class.getResourceAsStream("/pay/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
