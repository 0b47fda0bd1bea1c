package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider tells is lost nowhere, and counts once. How fast it is taken in is measured by {@link WebhookLoad}. */
class WebhooksIT {
    private static final int BUYERS = 24;
    private static final int FAILURES = 2;
    private static final int EACH = FAILURES + WebhookTrial.OF_SUCCESS;
    private static final int PER_SECOND = 40;

    @TempDir
    Path directory;

    @Test
    void aKillUnderNotificationsLosesNoPaymentAndBooksNoneTwice() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Shop shop = Shop.open(Distribution.unpack(directory), Path.of(System.getProperty("java.home")), directory)) {
            WebhookTrial trial = new WebhookTrial(shop, new Buyers(shop.server).come(BUYERS), FAILURES, PER_SECOND,
                Duration.ofSeconds(2));

            WebhookTrial.Run run = trial.run();

            assertThat(run.statuses()).as("some before the kill and after it, and some for which nobody was there").containsKeys(0, 200);
            assertThat(run.attempts().stream().filter(Deliveries.Attempt::acknowledged).count()).as("%s", run.statuses())
                .isEqualTo(BUYERS * EACH);
            assertThat(run.attempts().stream().filter(each -> each.acknowledged() && each.answered() < run.killed()).count()).isPositive();
            assertThat(run.attempts().stream().map(Deliveries.Attempt::notification).collect(Collectors.toSet()))
                .hasSize(BUYERS * (EACH - 1));
            trial.check();
        }
    }
}
