package com.cloudnestle.marketplace.notification.internal;

import jakarta.mail.MessagingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers into a folder: one file {@code <time>-<kind>-<id>.eml} per mail, which any mail program opens. A file is there as
 * a whole or not at all, durably, and only its owner may read it. A mail that is delivered twice is one file, because its name
 * stays the same.
 */
final class OutboxFolder implements MailTransport, MailTransport.Connection {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxFolder.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT);
    private static final int TIME_LENGTH = "20260101T000000000Z".length();
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    private final Path folder;
    private final Duration keep;
    private final MimeWriter mime;
    private final InstantSource clock;
    private Instant nextCleaning = Instant.MIN;

    /** @param keep older mails are deleted */
    OutboxFolder(Path folder, Duration keep, MimeWriter mime, InstantSource clock) {
        this.folder = folder;
        this.keep = keep;
        this.mime = mime;
        this.clock = clock;
    }

    @Override
    public MailTransport.Connection open() throws TransportDownException {
        try {
            prepare();
            Instant now = clock.instant();
            if (!now.isBefore(nextCleaning)) {
                nextCleaning = now.plus(BETWEEN_CLEANINGS);
                clean(now.minus(keep));
            }
            return this;
        } catch (IOException e) {
            LOG.warn("event=mail_folder_unusable folder={} error={}", folder, e.toString());
            throw new TransportDownException("folder-unusable", e);
        }
    }

    @Override
    public Delivery deliver(Letter letter) {
        try {
            write(fileName(letter), letter);
            return new Delivery.Accepted();
        } catch (IOException e) {
            LOG.warn("event=mail_folder_unusable folder={} error={}", folder, e.toString());
            return new Delivery.Down("folder-unusable");
        } catch (MessagingException e) {
            throw new IllegalStateException("a letter cannot be written", e);
        }
    }

    @Override
    public void close() {
        // holds nothing open
    }

    static String fileName(Letter letter) {
        String kind = letter.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return TIME.format(letter.acceptedAt().atOffset(ZoneOffset.UTC)) + "-" + kind + "-" + letter.id() + ".eml";
    }

    private void write(String name, Letter letter) throws IOException, MessagingException {
        Path half = folder.resolve("." + name + ".new");
        Files.deleteIfExists(half);
        try (FileChannel channel = FileChannel.open(half,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights("rw-------"));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            mime.write(letter).writeTo(out);
            out.flush();
            channel.force(true);
        }
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (posix()) { // makes the new name durable; other systems cannot open a folder
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private void prepare() throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, rights("rwx------"));
        }
    }

    /** Deletes what we wrote, and nothing else that lies there. */
    private void clean(Instant before) throws IOException {
        int deleted = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.eml*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (writtenBefore(name.startsWith(".") ? name.substring(1) : name, before)) {
                    deleted += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        if (deleted > 0) {
            LOG.info("event=mail_folder_cleaned folder={} deleted={} kept_days={}", folder, deleted, keep.toDays());
        }
    }

    private static boolean writtenBefore(String name, Instant before) {
        if (name.length() <= TIME_LENGTH || name.charAt(TIME_LENGTH) != '-') {
            return false;
        }
        try {
            return LocalDateTime.parse(name.substring(0, TIME_LENGTH), TIME).toInstant(ZoneOffset.UTC).isBefore(before);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private FileAttribute<?>[] rights(String rights) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
