package com.cloudnestle.marketplace.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry point ({@code -javaagent}). It acts on JDK 24 and newer only, where {@code Subject.getSubject} throws
 * and Karaf's console, SSH server and event admin would fail with it.
 *
 * @see <a href="https://openjdk.org/jeps/486">JEP 486, Permanently Disable the Security Manager</a>
 */
public final class SubjectAgent implements ClassFileTransformer {
    private static final int FIRST_JDK_IN_NEED = 24;
    private static final String OWN_PACKAGE = SubjectAgent.class.getPackageName().replace('.', '/') + "/";

    /** Called by the JVM before {@code main}. */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        if (needed(Runtime.version().feature())) {
            instrumentation.addTransformer(new SubjectAgent());
        }
    }

    static boolean needed(int jdk) {
        return jdk >= FIRST_JDK_IN_NEED;
    }

    @Override
    public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String className,
            @Nullable Class<?> redefined, @Nullable ProtectionDomain domain, byte[] byteCode) {
        // a null loader is the JDK's own, which has no such calls; our own classes must not be turned on themselves
        if (loader == null || className == null || className.startsWith(OWN_PACKAGE)) {
            return null;
        }
        try {
            return SubjectRewriter.rewrite(className, byteCode).orElse(null);
        } catch (RuntimeException e) {
            // the JVM would swallow it, and logging is not there yet
            System.err.println("marketplace-jdk-agent: " + className + " left as it is: " + e);
            return null;
        }
    }
}
