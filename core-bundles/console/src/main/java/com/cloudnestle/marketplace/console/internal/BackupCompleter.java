package com.cloudnestle.marketplace.console.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files in the backup folder. */
@Service
public final class BackupCompleter implements Completer {

    private static final Logger LOG = LoggerFactory.getLogger(BackupCompleter.class);

    @Reference
    Platform platform;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        StringsCompleter names = new StringsCompleter();
        Path folder = platform.data.resolve("backups");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.db")) {
                files.forEach(file -> names.getStrings().add(file.getFileName().toString()));
            } catch (IOException e) {
                LOG.debug("backup folder not readable folder={}", folder, e);
            }
        }
        return names.complete(session, commandLine, candidates);
    }
}
