package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PatchedClassesTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final String STORE = InMemoryStore.class.getName();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private static Store store(ClassLoader loader) throws ReflectiveOperationException {
        return (Store) loader.loadClass(STORE).getConstructor(InstantSource.class).newInstance(CLOCK);
    }

    @Test
    void theChangedClassBehavesAsItsChangedSourceSays() throws Exception {
        Store changed = store(PatchedClasses.of(SOURCES, STORE, "return shared;", "return !shared;"));
        assertThat(changed.shared()).isTrue();
        assertThat(changed).isNotInstanceOf(InMemoryStore.class);
        assertThat(changed.get(new Key(Table.USAGE, "p", "s"))).as("its unchanged neighbours work").isEmpty();
        assertThat(new InMemoryStore(CLOCK).shared()).isFalse();
    }

    @Test
    void aTextThatStandsThereNotOnceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PatchedClasses.of(SOURCES, STORE, "no such text", "x"))
                .withMessageContaining("not found");
        assertThatIllegalArgumentException().isThrownBy(() -> PatchedClasses.of(SOURCES, STORE, "return", "x"))
                .withMessageContaining("more than once");
    }

    @Test
    void whatDoesNotCompileIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PatchedClasses.of(SOURCES, STORE, "return shared;", "return 7;"))
                .withMessageContaining("does not compile");
    }
}
