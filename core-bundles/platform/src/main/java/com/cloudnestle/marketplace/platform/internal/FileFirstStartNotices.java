package com.cloudnestle.marketplace.platform.internal;

import com.cloudnestle.marketplace.platform.FirstStartNotices;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves notices as files for the start script. The log learns that there is one, never what it says. */
@Component
public final class FileFirstStartNotices implements FirstStartNotices {

    private static final Logger LOG = LoggerFactory.getLogger(FileFirstStartNotices.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final DataFolder folder;

    @Activate
    public FileFirstStartNotices() {
        this(DataFolder.ofProcess());
    }

    FileFirstStartNotices(Path data) {
        this.folder = new DataFolder(data, "first-start");
    }

    @Override
    public void post(String name, String text) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a notice is named by 1 to 40 of a-z, 0-9 and '-'");
        }
        Path file = folder.write(name + ".txt", text.endsWith("\n") ? text : text + "\n");
        LOG.info("first-start notice left file={}", file);
    }
}
