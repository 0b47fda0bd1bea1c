package com.cloudnestle.marketplace.benchmarks.spring;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** SHA-256 of the token, one call of the Redis script, JSON out. */
@RestController
public class ValidateController {

    private final StringRedisTemplate redis;

    @SuppressWarnings("rawtypes")
    private final RedisScript<List> decide;

    @SuppressWarnings("rawtypes")
    ValidateController(StringRedisTemplate redis, RedisScript<List> decide) {
        this.redis = redis;
        this.decide = decide;
    }

    record Ask(String token, @JsonProperty("solution_id") String solutionId) {}

    record Allowed(
            boolean allowed,
            @JsonProperty("solution_id") String solutionId,
            @JsonProperty("access_tier") String tier,
            @JsonProperty("quota_remaining") long remaining) {}

    @PostMapping("/validate")
    ResponseEntity<Object> validate(@RequestBody Ask ask) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(ask.token().getBytes(StandardCharsets.US_ASCII));
        @Nullable List<?> kept = redis.execute(decide, List.of("t:" + HexFormat.of().formatHex(hash)));
        if (kept == null || kept.isEmpty() || kept.get(0) == null) {
            return ResponseEntity.status(401).body(Map.of("error", "token unknown"));
        }
        long used = number(kept.get(0));
        long limit = number(kept.get(1));
        return number(kept.get(2)) == 1
                ? ResponseEntity.ok(new Allowed(true, ask.solutionId(), "registered", limit - used))
                : ResponseEntity.status(429).body(Map.of("error", "Quota exceeded", "limit", limit, "used", used));
    }

    private static long number(Object value) {
        return Long.parseLong(value.toString());
    }
}
