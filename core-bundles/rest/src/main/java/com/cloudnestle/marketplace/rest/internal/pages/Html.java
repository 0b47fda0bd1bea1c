package com.cloudnestle.marketplace.rest.internal.pages;

import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The frame of every page. Nothing is loaded from anywhere and no script runs: the policy sent with each page says so. */
final class Html {

    private static final String STYLE = """
            :root { color-scheme: light dark; --edge: #8888; --link: light-dark(#0b57d0, #8ab4f8);
              background: light-dark(#fff, #17191c); color: light-dark(#17191c, #e8eaed); }
            body { font: 16px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
            header { margin-bottom: 1.5rem; } header a { font-weight: 600; text-decoration: none; }
            a { color: var(--link); } h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; }
            table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .45rem .6rem .45rem 0;
              border-bottom: 1px solid var(--edge); vertical-align: top; }
            code, pre { font: .9em/1.5 ui-monospace, monospace; } code { overflow-wrap: anywhere; }
            pre { border: 1px solid var(--edge); border-radius: .5rem; padding: .8rem 1rem; overflow-x: auto; }
            """;

    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Html() {}

    /** Sends a page. */
    static void send(HttpServletResponse response, int status, String title, String body) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-cache");
        Replies.bytes(response, status, "text/html;charset=utf-8", page(title, body).getBytes(StandardCharsets.UTF_8));
    }

    private static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + escape(title) + " · CloudNestle Marketplace</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n"
                + "<header><a href=\"/\">CloudNestle Marketplace</a></header>\n<main>\n" + body + "\n</main>\n</body>\n</html>\n";
    }

    /** Text that means itself in an element and in a quoted attribute. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return out.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
