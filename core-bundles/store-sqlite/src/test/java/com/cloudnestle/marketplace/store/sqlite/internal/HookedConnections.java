package com.cloudnestle.marketplace.store.sqlite.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Real connections whose writer tells a test about each statement before and after it runs. */
final class HookedConnections implements Connections {

    /** May throw in place of the statement, or end the process. */
    interface Hook {
        default void before(String sql) throws SQLException {}

        default void after(String sql) throws SQLException {}
    }

    private final Connections real = new DurableConnections();
    private volatile Hook hook = new Hook() {};

    void hook(Hook hook) {
        this.hook = hook;
    }

    /** From now on statements that start with the text fail, as the driver would. */
    void failOn(String start, int errorCode) {
        hook(new Hook() {
            @Override
            public void before(String sql) throws SQLException {
                if (sql.startsWith(start)) {
                    throw new SQLException("seeded failure", "", errorCode);
                }
            }
        });
    }

    @Override
    public Connection writer(Path file) throws SQLException {
        Connection connection = real.writer(file);
        return proxy(Connection.class, connection, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (method.getName().equals("prepareStatement")) {
                return hooked(PreparedStatement.class, (Statement) result, (String) arguments[0]);
            }
            return method.getName().equals("createStatement")
                    ? hooked(Statement.class, (Statement) result, "")
                    : result;
        });
    }

    @Override
    public Connection reader(Path file) throws SQLException {
        return real.reader(file);
    }

    @Override
    public Connection plain(Path file) throws SQLException {
        return real.plain(file);
    }

    private <S extends Statement> S hooked(Class<S> type, Statement statement, String prepared) {
        return proxy(type, statement, (method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            String sql = arguments == null ? prepared : (String) arguments[0];
            hook.before(sql);
            Object result = call(statement, method, arguments);
            hook.after(sql);
            return result;
        });
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <P> P proxy(Class<P> type, Object target, Call call) {
        return type.cast(Proxy.newProxyInstance(
                target.getClass().getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
