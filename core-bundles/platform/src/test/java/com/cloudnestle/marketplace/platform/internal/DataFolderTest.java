package com.cloudnestle.marketplace.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.jspecify.annotations.Nullable;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DataFolderTest {

    private final @Nullable String before = System.getProperty(DataFolder.PROPERTY);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(DataFolder.PROPERTY);
        } else {
            System.setProperty(DataFolder.PROPERTY, before);
        }
    }

    @Test
    void isTheOneTheContainerWasStartedWith() {
        System.setProperty(DataFolder.PROPERTY, "some/../data");

        assertThat(DataFolder.ofProcess()).isAbsolute().endsWithRaw(java.nio.file.Path.of("data"));
    }

    @Test
    void refusesToGuessWhereTheDataIs() {
        System.setProperty(DataFolder.PROPERTY, " ");

        assertThatIllegalStateException().isThrownBy(DataFolder::ofProcess).withMessageContaining("karaf.data");
    }
}
