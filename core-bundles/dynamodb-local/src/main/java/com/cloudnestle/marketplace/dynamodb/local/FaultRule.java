package com.cloudnestle.marketplace.dynamodb.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Says which request meets which fault. Called by many threads at once. */
@FunctionalInterface
public interface FaultRule {

    FaultRule NONE = request -> Fault.NONE;

    Fault on(Request request);

    /**
     * @param number of the request at this proxy since {@link FaultProxy#rule(FaultRule)} was last called, from 1
     * @param operationNumber the same, among requests of the same operation
     * @param operation such as {@code UpdateItem}
     * @param body the JSON text
     */
    record Request(long number, long operationNumber, String operation, String body) {}

    /** The fault for every request of the operation. */
    static FaultRule always(String operation, Fault fault) {
        return when(request -> request.operation().equals(operation), fault);
    }

    /** The fault for the n-th request of the operation, from 1, and no other. */
    static FaultRule nth(String operation, long n, Fault fault) {
        return when(request -> request.operation().equals(operation) && request.operationNumber() == n, fault);
    }

    /** The fault for the first n requests of the operation. */
    static FaultRule first(String operation, long n, Fault fault) {
        return when(request -> request.operation().equals(operation) && request.operationNumber() <= n, fault);
    }

    static FaultRule when(Predicate<Request> which, Fault fault) {
        return request -> which.test(request) ? fault : Fault.NONE;
    }

    /**
     * Each fault with its share of all requests. What befalls request number n depends on the seed and n alone, so it is
     * the same in each run, whichever thread sends it.
     *
     * @param shares parts of 1, together at most 1
     */
    static FaultRule random(long seed, Map<Fault, Double> shares) {
        Map<Fault, Double> inOrder = new LinkedHashMap<>(shares);
        return request -> {
            double left = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + request.number()).split().nextDouble();
            for (Map.Entry<Fault, Double> share : inOrder.entrySet()) {
                left -= share.getValue();
                if (left < 0) {
                    return share.getKey();
                }
            }
            return Fault.NONE;
        };
    }

    /** The fault of this rule, or of the other where this one has none. */
    default FaultRule or(FaultRule other) {
        return request -> {
            Fault fault = on(request);
            return fault.equals(Fault.NONE) ? other.on(request) : fault;
        };
    }
}
