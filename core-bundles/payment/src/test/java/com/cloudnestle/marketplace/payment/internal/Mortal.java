package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The life of a process that is killed at one of its calls to the outside: nothing it does from then on reaches anybody. */
final class Mortal {

    /** Whether the call it dies at still takes effect. */
    enum Last { LOST, DONE }

    /** They ask nobody outside. */
    private static final Set<String> HARMLESS = Set.of("shared", "id", "account", "capabilities", "health", "watch", "equals",
            "hashCode", "toString", "authenticate");

    private final int dieAt;
    private final Last last;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param dieAt number of the call, from 1; 0: it lives for ever */
    Mortal(int dieAt, Last last) {
        this.dieAt = dieAt;
        this.last = last;
    }

    static Mortal immortal() {
        return new Mortal(0, Last.LOST);
    }

    boolean dead() {
        return dieAt > 0 && calls.get() >= dieAt;
    }

    int calls() {
        return calls.get();
    }

    /** What the process has of something outside of it. */
    <T> T sees(Class<T> type, T outside) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (HARMLESS.contains(method.getName())) {
                return invoke(outside, method, arguments);
            }
            int call = calls.incrementAndGet();
            if (dieAt == 0 || call < dieAt) {
                return invoke(outside, method, arguments);
            }
            if (call == dieAt && last == Last.DONE) {
                invoke(outside, method, arguments);
            }
            throw killed(type);
        }));
    }

    private static Throwable killed(Class<?> type) {
        return type == PaymentGateway.class
                ? new GatewayException(GatewayException.Kind.OUTCOME_UNKNOWN, "killed")
                : new StoreException.OutcomeUnknown("killed", new IllegalStateException());
    }

    private static Object invoke(Object outside, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(outside, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
