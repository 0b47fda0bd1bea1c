package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The way to the provider and back. Inside this process, but it can fail in all the ways a network can. */
@FunctionalInterface
interface Line {

    /** @throws java.net.ConnectException if nothing was sent; other exceptions leave open what happened */
    Answer ask(Question question) throws IOException, InterruptedException;

    /** @param key of the caller */
    record Question(String method, String path, Map<String, String> query, String key, byte[] body) {
        static Question get(String path, Map<String, String> query, String key) {
            return new Question("GET", path, query, key, new byte[0]);
        }

        boolean asks() {
            return method.equals("GET");
        }
    }

    record Answer(int status, Optional<String> retryAfter, byte[] body) {}
}
