package org.apache.karaf.util.jaas;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;

/** Has the name and the signatures of Karaf's class, and bodies that fail unless they were replaced. */
@SuppressWarnings({"removal", "unused"})
public final class JaasHelper {
    private JaasHelper() {
    }

    public static <T> T doAs(Subject subject, PrivilegedAction<T> action) {
        throw new UnsupportedOperationException("the old body ran");
    }

    public static <T> T doAs(Subject subject, PrivilegedExceptionAction<T> action) throws PrivilegedActionException {
        throw new UnsupportedOperationException("the old body ran");
    }

    public static Subject subject() {
        AccessControlContext context = AccessController.getContext();
        return Subject.getSubject(context);
    }
}
