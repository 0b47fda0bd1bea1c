package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.payment.Money;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page as HTML. Nothing is loaded from anywhere and no script runs. */
final class PayPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; --edge: #8888; --warn: light-dark(#7a4100, #ffca7a); }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; }
            .test { border: 2px dashed var(--warn); border-radius: .5rem; color: var(--warn); font-weight: 600; padding: .6rem .9rem; }
            h1 { font-size: 1.5rem; line-height: 1.25; } .amount { font-size: 2rem; font-weight: 600; margin: .25rem 0; }
            form { margin: 0; } li { border-top: 1px solid var(--edge); padding: .8rem 0; } ul { list-style: none; padding: 0; }
            button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .4rem 1rem; width: 100%; text-align: left;
              border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer; }
            .state { border-left: .3rem solid var(--edge); padding: .1rem 0 .1rem .8rem; } .state strong { font-size: 1.1rem; }
            .good { border-color: light-dark(#1a7f37, #4ac26b); } .bad { border-color: light-dark(#b42318, #ff8d85); }
            p.meaning { margin: .3rem 0 0; } code { overflow-wrap: anywhere; }
            """;

    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; base-uri 'none'; "
            + "frame-ancestors 'none'; form-action 'self'";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PayPage() {}

    /** @param shop the origin that buttons lead to in the end, if it is another than this server's */
    static void send(HttpServletResponse response, int status, String body, Optional<String> shop) throws IOException {
        byte[] page = ("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
                + "<title>Sandbox payment (test)</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n"
                + "<p class=\"test\">Test: this is the sandbox. No money moves, whatever you choose.</p>\n<main>\n" + body
                + "\n</main>\n</body>\n</html>\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Content-Security-Policy", POLICY + shop.map(origin -> " " + origin).orElse(""));
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/html;charset=utf-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    /**
     * @param address of the page itself, which the buttons stand below
     * @param now milliseconds since 1970
     */
    static String of(Order order, String address, long now) {
        String choices = Arrays.stream(Choice.values()).filter(choice -> choice.fits(order, now))
                .map(choice -> "<li><form method=\"post\" action=\"" + escape(address) + "/" + choice.path() + "\"><button>"
                        + escape(choice.label()) + "</button></form><p class=\"meaning\">" + escape(choice.meaning()) + "</p></li>\n")
                .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
        return "<h1>" + escape(order.description().isEmpty() ? "A payment" : order.description()) + "</h1>\n<p class=\"amount\">"
                + escape(new Money(order.minor(), order.currency()).toString()) + "</p>\n" + told(order, now) + choices + leave(order);
    }

    /** In which state the payment is, and for how long something can be done about it. */
    private static String told(Order order, long now) {
        String until = order.payable(now) ? " until " + CLOCK.format(Instant.ofEpochMilli(order.expiresAt())) + " UTC" : "";
        return switch (order.state()) {
            case OPEN -> told(order, "", "Open", "It waits for you" + until + ".");
            case ATTEMPTED -> told(order, "", "Pending", order.collectAt() > 0
                    ? "The money is on its way." : "It was tried and waits for you" + until + ".");
            case PROMISED -> told(order, "", "Promised", "The bank has promised the money.");
            case PAID -> told(order, "good", "Paid", "It is paid" + (order.collected() == order.minor() ? "." : ": "
                    + new Money(order.collected(), order.collectedCurrency()) + " came."));
            case FAILED -> told(order, "bad", "Declined", order.collectAt() > 0
                    ? "The try failed, and the money comes all the same in a moment."
                    : until.isEmpty() ? "The last try failed, and the time to pay is over." : "The last try failed. You can try again" + until + ".");
            case EXPIRED -> told(order, "bad", "Expired", "It was not paid in time.");
        };
    }

    private static String told(Order order, String tone, String state, String meaning) {
        return "<p class=\"state " + tone + "\"><strong>" + escape(state) + "</strong><br>" + escape(meaning) + "<br>Payment <code>"
                + escape(order.key()) + "</code></p>\n";
    }

    private static String leave(Order order) {
        return shop(order).isPresent() ? "<p><a href=\"" + escape(order.returnUrl()) + "\">Back to the shop</a></p>" : "";
    }

    static String tooLate(Order order, long now) {
        return "<h1>Too late for that</h1>\n" + told(order, now) + leave(order);
    }

    static String nothing() {
        return "<h1>No such payment</h1>\n<p>The sandbox does not know it, or has forgotten it: it keeps the latest " + Books.MOST + ".</p>";
    }

    /** The origin that a buyer goes back to. */
    static Optional<String> shop(Order order) {
        URI back = URI.create(order.returnUrl());
        boolean web = back.getHost() != null && ("https".equals(back.getScheme()) || "http".equals(back.getScheme()));
        return web ? Optional.of(back.getScheme() + "://" + back.getRawAuthority()) : Optional.empty();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Bytes.digest(text.getBytes(StandardCharsets.UTF_8))));
    }
}
