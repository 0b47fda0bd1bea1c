package com.cloudnestle.marketplace.rest.internal.edge;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The cookies of people: out of reach of scripts, not sent along by other sites' requests, and under TLS with a name that
 * only this very host could have set.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis">Cookies: HTTP State Management</a>
 */
@Component(service = Cookies.class)
public final class Cookies {

    /** What a cookie is for. */
    public enum Use {
        SESSION("marketplace_session", Duration.ofDays(90)),
        /** Tells a browser that has signed in before. */
        DEVICE("marketplace_device", Duration.ofDays(365)),
        /** Of a sign-up that waits for the code from the mail. */
        PENDING("marketplace_pending", Duration.ofDays(1)),
        /** Of a sign-in at another provider. */
        PROVIDER("marketplace_provider", Duration.ofMinutes(10)),
        /** The administrator's own session while it shows another account. */
        ADMINISTRATOR("marketplace_administrator", Duration.ofHours(1));

        private final String plainName;
        private final Duration age;

        Use(String plainName, Duration age) {
            this.plainName = plainName;
            this.age = age;
        }
    }

    private static final String HOST_ONLY = "__Host-";
    private static final int MAX_LENGTH = 200;
    private static final Cookie[] NONE = {};
    private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_.~-]+");

    private final boolean secure;

    @Activate
    public Cookies(@Reference EdgeSettings settings) {
        secure = settings.secure();
    }

    /** The value; empty if there is none, or it is none of ours by its form. */
    public Optional<String> read(HttpServletRequest request, Use use) {
        String name = name(use);
        for (Cookie cookie : sent(request)) {
            if (cookie.getName().equals(name) && sound(cookie.getValue())) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    /** Value of a {@code Set-Cookie} header. */
    public String set(Use use, String value) {
        return text(use, value, use.age.toSeconds());
    }

    /** Value of a {@code Set-Cookie} header that removes it. */
    public String remove(Use use) {
        return text(use, "", 0);
    }

    /** Whether a request carries a session, under either name. */
    static boolean present(HttpServletRequest request) {
        for (Cookie cookie : sent(request)) {
            if (cookie.getName().endsWith(Use.SESSION.plainName)) {
                return true;
            }
        }
        return false;
    }

    /** A credential beside them wins: whoever sends one is not asked where the request comes from, so cookies must do nothing. */
    private static Cookie[] sent(HttpServletRequest request) {
        boolean counted = request.getHeader("Cookie") != null && request.getHeader("Authorization") == null;
        Cookie[] cookies = counted ? request.getCookies() : null;
        return cookies == null ? NONE : cookies;
    }

    private String name(Use use) {
        return secure ? HOST_ONLY + use.plainName : use.plainName;
    }

    private String text(Use use, String value, long seconds) {
        return name(use) + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    private static boolean sound(String value) {
        return value.length() <= MAX_LENGTH && SOUND.matcher(value).matches();
    }
}
