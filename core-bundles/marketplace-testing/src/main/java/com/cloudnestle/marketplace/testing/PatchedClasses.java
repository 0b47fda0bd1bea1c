package com.cloudnestle.marketplace.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A package of the product in which one source file was changed: for tests of the tests, which must turn red when a
 * mistake is made. All classes of the package (and of those below it) are loaded a second time, so a test class that
 * lies in the same package meets the changed one; all others are shared with the caller.
 */
public final class PatchedClasses extends ClassLoader {

    private final String packageName;
    private final Map<String, byte[]> patched;

    private PatchedClasses(ClassLoader parent, String packageName, Map<String, byte[]> patched) {
        super(parent);
        this.packageName = packageName;
        this.patched = patched;
    }

    /**
     * Compiles a changed copy of one source file.
     *
     * @param sources the folder of sources, {@code src/main/java} of the module under test
     * @param className the full name of the class whose file is changed
     * @param search text of the file; must stand there exactly once, so that a defect does not silently vanish when the
     *     code moves on
     * @param replacement what stands there instead
     * @throws IllegalArgumentException if the text stands there not once, or what comes out does not compile
     */
    public static PatchedClasses of(Path sources, String className, String search, String replacement) {
        String text = read(sources.resolve(className.replace('.', '/') + ".java"));
        int at = text.indexOf(search);
        if (at < 0 || text.indexOf(search, at + 1) >= 0) {
            throw new IllegalArgumentException(
                    (at < 0 ? "not found in " : "found more than once in ") + className + ": " + search);
        }
        String changed = text.substring(0, at) + replacement + text.substring(at + search.length());
        String packageName = className.substring(0, className.lastIndexOf('.'));
        ClassLoader parent = Thread.currentThread().getContextClassLoader();
        return new PatchedClasses(parent, packageName, compile(className, changed));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(packageName + ".")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] code = patched.containsKey(name) ? patched.get(name) : original(name);
                loaded = defineClass(name, code, 0, code.length);
            }
            return loaded;
        }
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            return code.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static Map<String, byte[]> compile(String className, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("no compiler: the tests need a JDK, not only a JRE");
        }
        // Surefire hides the real class path behind a jar that only names it.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath",
                classPath.replace("\n", File.pathSeparator));
        StringWriter messages = new StringWriter();
        try (Compiled output = new Compiled(compiler.getStandardFileManager(null, null, null))) {
            boolean good = compiler.getTask(messages, output, null, options, null, List.of(new Source(className, text)))
                    .call();
            if (!good) {
                throw new IllegalArgumentException("the changed " + className + " does not compile:\n" + messages);
            }
            return output.code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source that lies in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps what the compiler writes. */
    private static final class Compiled extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        private Compiled(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            classes.put(className, code);
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return code;
                }
            };
        }

        private Map<String, byte[]> code() {
            Map<String, byte[]> code = new HashMap<>();
            classes.forEach((name, bytes) -> code.put(name, bytes.toByteArray()));
            return code;
        }
    }
}
