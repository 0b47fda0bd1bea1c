package com.cloudnestle.marketplace.agent;

import java.lang.reflect.Method;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Optional;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The subject a thread acts for, inherited by threads it starts. Karaf's shell runs commands on threads of their own and
 * relies on that inheritance, which came with the access control context until JDK 24 took the context away.
 *
 * <p>Public because rewritten classes of any bundle call it.
 */
public final class InheritedSubject {
    private static final InheritableThreadLocal<@Nullable Subject> SUBJECT = new InheritableThreadLocal<>();

    /** {@code Subject.current()}, absent before JDK 18; the byte code here is for 17. */
    private static final Optional<Method> CURRENT = currentMethod();

    private InheritedSubject() {
    }

    /** Returns the subject of this thread, or null: the answer {@code Subject.getSubject} gave. */
    public static @Nullable Subject current() {
        Subject inherited = SUBJECT.get();
        return inherited != null ? inherited : jdkCurrent();
    }

    /** Runs the action for the subject; threads started by the action inherit it. */
    @SuppressWarnings("removal")
    public static <T> T doAs(@Nullable Subject subject, PrivilegedAction<T> action) {
        Subject before = SUBJECT.get();
        SUBJECT.set(subject);
        try {
            return Subject.doAs(subject, action);
        } finally {
            restore(before);
        }
    }

    /**
     * As {@link #doAs(Subject, PrivilegedAction)} for an action that may fail.
     *
     * @throws PrivilegedActionException wraps the checked exception of the action
     */
    @SuppressWarnings("removal")
    public static <T> T doAs(@Nullable Subject subject, PrivilegedExceptionAction<T> action)
            throws PrivilegedActionException {
        Subject before = SUBJECT.get();
        SUBJECT.set(subject);
        try {
            return Subject.doAs(subject, action);
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable Subject before) {
        if (before == null) {
            SUBJECT.remove();
        } else {
            SUBJECT.set(before);
        }
    }

    private static @Nullable Subject jdkCurrent() {
        if (CURRENT.isEmpty()) {
            return null;
        }
        try {
            return (Subject) CURRENT.get().invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Subject.current() cannot be called", e);
        }
    }

    private static Optional<Method> currentMethod() {
        try {
            return Optional.of(Subject.class.getMethod("current"));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }
}
