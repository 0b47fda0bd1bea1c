package com.cloudnestle.marketplace.gateway.phonepe.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Access tokens for client credentials. */
final class OAuth {

    private final Merchant merchant;
    private final InstantSource clock;
    private final Map<String, Long> endsBySecret = new LinkedHashMap<>();
    private long lifetime = 3600;
    private int issued;
    private int calls;
    private boolean away;

    OAuth(Merchant merchant, InstantSource clock) {
        this.merchant = merchant;
        this.clock = clock;
    }

    synchronized Reply issue(Asked asked) {
        calls++;
        if (away) {
            return Reply.text(503, "R999");
        }
        Map<String, String> form = form(asked.body());
        boolean known = asked.method().equals("POST")
                && asked.header("content-type").startsWith("application/x-www-form-urlencoded")
                && merchant.clientId().equals(form.get("client_id"))
                && merchant.clientSecret().equals(form.get("client_secret"))
                && "1".equals(form.get("client_version"))
                && "client_credentials".equals(form.get("grant_type"));
        if (!known) {
            return Reply.json(400, Reply.object().put("errorCode", "OIM000").put("code", "INVALID_CLIENT")
                    .put("message", "Bad Request, trackingId: 1")
                    .set("context", Reply.object().put("error_description", "Client authentication failure")));
        }
        long now = clock.instant().getEpochSecond();
        String token = "lab-access-token-" + ++issued;
        endsBySecret.put(token, now + lifetime);
        return Reply.ok(Reply.object().put("access_token", token).put("encrypted_access_token", "lab-encrypted-" + issued)
                .put("refresh_token", "lab-refresh-" + issued).put("expires_in", lifetime).put("issued_at", now)
                .put("expires_at", now + lifetime).put("session_expires_at", now + lifetime).put("token_type", "O-Bearer"));
    }

    synchronized boolean knows(String authorization) {
        String scheme = "O-Bearer ";
        if (!authorization.startsWith(scheme)) {
            return false;
        }
        Long ends = endsBySecret.get(authorization.substring(scheme.length()));
        return ends != null && clock.instant().getEpochSecond() < ends;
    }

    synchronized void forgetAll() {
        endsBySecret.clear();
    }

    synchronized void lifetime(long seconds) {
        lifetime = seconds;
    }

    synchronized void away(boolean now) {
        away = now;
    }

    synchronized int calls() {
        return calls;
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                form.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
