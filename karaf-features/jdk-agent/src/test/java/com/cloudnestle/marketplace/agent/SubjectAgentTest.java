package com.cloudnestle.marketplace.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.Subject;
import org.apache.karaf.util.jaas.JaasHelper;
import org.junit.jupiter.api.Test;

class SubjectAgentTest {
    private final Subject subject = new Subject();

    @Test
    void actsFromJdk24On() {
        assertThat(SubjectAgent.needed(17)).isFalse();
        assertThat(SubjectAgent.needed(23)).isFalse();
        assertThat(SubjectAgent.needed(24)).isTrue();
        assertThat(SubjectAgent.needed(25)).isTrue();
    }

    @Test
    void rewrittenClassFindsTheSubjectOfItsThread() throws Exception {
        Class<?> rewritten = rewritten(JaasHelper.class);

        assertThat(call(rewritten, "subject")).isNull();
        Object inside = InheritedSubject.doAs(subject,
            (PrivilegedExceptionAction<Object>) () -> call(rewritten, "subject"));
        assertThat(inside).isSameAs(subject);
        assertThat(call(rewritten, "subject")).as("after the action").isNull();
    }

    @Test
    void rewrittenHelperRunsItsActionForTheSubject() throws Exception {
        Class<?> rewritten = rewritten(JaasHelper.class);
        PrivilegedAction<Object> action = InheritedSubject::current;

        Object seen = rewritten.getMethod("doAs", Subject.class, PrivilegedAction.class).invoke(null, subject, action);

        assertThat(seen).isSameAs(subject);
    }

    @Test
    void rewrittenHelperPassesTheFailureOfItsActionOn() throws Exception {
        Class<?> rewritten = rewritten(JaasHelper.class);
        PrivilegedExceptionAction<Object> action = () -> {
            throw new IOException("no");
        };

        assertThatThrownBy(() ->
                rewritten.getMethod("doAs", Subject.class, PrivilegedExceptionAction.class).invoke(null, subject, action))
            .isInstanceOf(InvocationTargetException.class)
            .cause().isInstanceOf(PrivilegedActionException.class).hasRootCauseMessage("no");
        assertThat(InheritedSubject.current()).as("restored after the failure").isNull();
    }

    @Test
    void startedThreadInheritsTheSubject() throws Exception {
        CompletableFuture<Subject> seen = new CompletableFuture<>();

        InheritedSubject.doAs(subject, (PrivilegedAction<Boolean>) () -> {
            Thread thread = new Thread(() -> seen.complete(InheritedSubject.current()));
            thread.start();
            return true;
        });

        assertThat(seen.get()).isSameAs(subject);
    }

    @Test
    void innerActionHidesTheOuterSubjectOnlyForItself() {
        Subject inner = new Subject();

        InheritedSubject.doAs(subject, (PrivilegedAction<Boolean>) () -> {
            Subject seen = InheritedSubject.doAs(inner, (PrivilegedAction<Subject>) InheritedSubject::current);
            assertThat(seen).isSameAs(inner);
            assertThat(InheritedSubject.current()).isSameAs(subject);
            return true;
        });
    }

    @Test
    void leavesOtherClassesAlone() throws IOException {
        assertThat(SubjectRewriter.rewrite("java/lang/String", byteCode(String.class))).isEmpty();
        assertThat(new SubjectAgent().transform(null, "x/Y", null, null, byteCode(JaasHelper.class)))
            .as("class of the JDK").isNull();
    }

    @Test
    void leavesBrokenByteCodeAlone() {
        byte[] broken = "getSubject java/security/AccessControlContext".getBytes();

        assertThat(new SubjectAgent().transform(getClass().getClassLoader(), "x/Y", null, null, broken)).isNull();
    }

    private static Object call(Class<?> type, String method) throws ReflectiveOperationException {
        return type.getMethod(method).invoke(null);
    }

    private static Class<?> rewritten(Class<?> type) throws IOException {
        byte[] changed = SubjectRewriter.rewrite(type.getName().replace('.', '/'), byteCode(type)).orElseThrow();
        return new ClassLoader(type.getClassLoader()) {
            Class<?> define() {
                return defineClass(type.getName(), changed, 0, changed.length);
            }
        }.define();
    }

    private static byte[] byteCode(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }
}
