package com.cloudnestle.marketplace.agent;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites the byte code of one class so that it finds its subject without an access control context: calls of
 * {@code Subject.getSubject(context)} become {@link InheritedSubject#current()}, and the bodies of
 * {@code JaasHelper.doAs}, which hand the subject on in such a context, become {@link InheritedSubject#doAs}.
 */
final class SubjectRewriter {
    private static final String SUBJECT = "javax/security/auth/Subject";
    private static final String INHERITED = Type.getInternalName(InheritedSubject.class);

    /** Karaf packs a private copy of this class into several bundles; all have this name. */
    private static final String JAAS_HELPER = "org/apache/karaf/util/jaas/JaasHelper";

    /** Nearly every class is ruled out by looking for these bytes, which is far cheaper than parsing it. */
    private static final byte[] CALLED = "getSubject".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTEXT = "java/security/AccessControlContext".getBytes(StandardCharsets.US_ASCII);

    private SubjectRewriter() {
    }

    /** Returns the new byte code, or nothing if the class has no need of it. */
    static Optional<byte[]> rewrite(String className, byte[] byteCode) {
        if (!contains(byteCode, CALLED) || !contains(byteCode, CONTEXT)) {
            return Optional.empty();
        }
        ClassReader reader = new ClassReader(byteCode);
        ClassWriter writer = new ClassWriter(reader, 0);
        Rewriting rewriting = new Rewriting(writer, className.equals(JAAS_HELPER));
        reader.accept(rewriting, 0);
        return rewriting.changed ? Optional.of(writer.toByteArray()) : Optional.empty();
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int start = 0; start <= bytes.length - wanted.length; start++) {
            int matched = 0;
            while (matched < wanted.length && bytes[start + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static final class Rewriting extends ClassVisitor {
        private final boolean jaasHelper;
        private boolean changed;

        Rewriting(ClassWriter writer, boolean jaasHelper) {
            super(Opcodes.ASM9, writer);
            this.jaasHelper = jaasHelper;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
                @Nullable String signature, String @Nullable [] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (jaasHelper && name.equals("doAs")) {
                delegateTo(method, descriptor);
                return null; // the old body is dropped
            }
            return new MethodVisitor(Opcodes.ASM9, method) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean onInterface) {
                    if (opcode == Opcodes.INVOKESTATIC && owner.equals(SUBJECT) && called.equals("getSubject")) {
                        changed = true;
                        super.visitInsn(Opcodes.POP); // the context, which says nothing any more
                        super.visitMethodInsn(opcode, INHERITED, "current", "()L" + SUBJECT + ";", false);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, type, onInterface);
                    }
                }
            };
        }

        private void delegateTo(MethodVisitor method, String descriptor) {
            changed = true;
            method.visitCode();
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitVarInsn(Opcodes.ALOAD, 1);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, INHERITED, "doAs", descriptor, false);
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(2, 2);
            method.visitEnd();
        }
    }
}
