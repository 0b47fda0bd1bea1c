package com.cloudnestle.marketplace.payment;

import java.util.Map;

/**
 * What the buyer's browser brought back from the provider: anybody could have written it.
 *
 * @param parameters at most 30, each value at most 2,000 characters
 */
public record ReturnProof(Map<String, String> parameters) {

    public ReturnProof {
        parameters = Map.copyOf(parameters);
        if (parameters.size() > 30 || parameters.values().stream().anyMatch(value -> value.length() > 2000)) {
            throw new IllegalArgumentException("at most 30 parameters of at most 2,000 characters");
        }
    }

    public static ReturnProof none() {
        return new ReturnProof(Map.of());
    }

    @Override
    public String toString() {
        return "ReturnProof" + parameters.keySet();
    }
}
