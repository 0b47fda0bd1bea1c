package com.cloudnestle.marketplace.rest.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plugin brought must be collectable once its mount is closed, or every update of a plugin would cost memory. */
class ClassLoaderTest {

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Path("/")
    public static final class PluginResource {
        @POST
        @Path("echo")
        public Payload echo(Payload payload) {
            return payload;
        }

        @GET
        @Path("fail")
        public Payload fail() {
            throw new PluginFailure();
        }

        @GET
        @Path("loader")
        public String contextLoader() {
            return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader() ? "own" : "foreign";
        }
    }

    public record Payload(String text, List<Kind> kinds) {}

    public enum Kind {
        A
    }

    static final class PluginFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Defines the classes of this test anew, as a bundle's class loader would. */
    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(ClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ClassLoaderTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void nothingHoldsAPluginAfterItsMountIsClosed() throws Exception {
        WeakReference<ClassLoader> first = serveAndClose();
        WeakReference<ClassLoader> second = serveAndClose();

        assertThat(collected(first)).isTrue();
        assertThat(collected(second)).isTrue();
    }

    @Test
    void pluginCodeRunsWithItsOwnContextClassLoader() throws Exception {
        server.mount("/p", resourceOfNewPlugin());

        assertThat(server.get("/p/loader").body()).isEqualTo("own");
    }

    private WeakReference<ClassLoader> serveAndClose() throws Exception {
        Object resource = resourceOfNewPlugin();
        RestRuntime.Mount mount = server.runtime.mount("/p", List.of(resource), CallGate.OPEN);
        for (int i = 0; i < 20; i++) { // several server threads
            assertThat(server.post("/p/echo", "{\"text\":\"x\",\"kinds\":[\"A\"]}").statusCode()).isEqualTo(200);
            assertThat(server.post("/p/echo", "{\"text\":5}").statusCode()).isEqualTo(422);
            assertThat(server.get("/p/fail").statusCode()).isEqualTo(500);
        }
        mount.close();
        return new WeakReference<>(resource.getClass().getClassLoader());
    }

    private static Object resourceOfNewPlugin() throws ReflectiveOperationException {
        return new PluginLoader().loadClass(PluginResource.class.getName()).getConstructor().newInstance();
    }

    /** Within a minute: the client may have its answer before the server's thread is through with the call. */
    private static boolean collected(WeakReference<ClassLoader> loader) {
        long begun = System.nanoTime();
        while (loader.get() != null && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(1)) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            byte[][] pressure = new byte[32][];
            for (int block = 0; block < pressure.length; block++) {
                pressure[block] = new byte[1 << 20];
            }
        }
        return loader.get() == null;
    }
}
