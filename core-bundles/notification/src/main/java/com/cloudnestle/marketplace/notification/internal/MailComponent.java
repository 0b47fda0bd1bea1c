package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.Mailer;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes mails into the outbox and lets one thread deliver them: at once after each, and now and then for what is due again or
 * was left by other nodes. A configuration that cannot be used stops delivery, never acceptance.
 */
@Component(service = Mailer.class, immediate = true, configurationPid = "com.cloudnestle.marketplace.mail")
@Designate(ocd = MailComponent.Config.class)
public final class MailComponent implements Mailer {

    /** All of it is visible to other bundles as properties of the service: no key may hold a secret. */
    @ObjectClassDefinition(name = "Marketplace mail")
    @interface Config {
        @AttributeDefinition(description = "outbox-folder: mails become files; smtp: they are sent")
        String transport() default "outbox-folder";

        @AttributeDefinition(description = "What the marketplace is called in mails and as their sender")
        String product_name() default "CloudNestle Marketplace";

        @AttributeDefinition(description = "Address that mails come from; smtp cannot do without")
        String from() default "";

        @AttributeDefinition(description = "Address that answers go to; empty: to the sender's")
        String reply_to() default "";

        @AttributeDefinition(description = "outbox-folder: where the files are written; empty: 'outbox' in the data directory")
        String outbox_folder() default "";

        @AttributeDefinition(description = "outbox-folder: days after which a file is deleted, 1 to 3650")
        int keep_days() default 7;

        @AttributeDefinition(description = "smtp: name or address of the server")
        String host() default "";

        @AttributeDefinition(description = "smtp: its port; 0: 587 for starttls, 465 for tls, 25 for none")
        int port() default 0;

        @AttributeDefinition(description = "smtp: starttls (required, not merely tried), tls (from the first byte), or none"
                + " (only to this machine)")
        String tls() default "starttls";

        @AttributeDefinition(description = "smtp: PEM file with the certificates to trust; empty: those of the Java runtime")
        String ca_file() default "";

        @AttributeDefinition(description = "smtp: user to sign in as; empty: without. Its password comes from password.file or from"
                + " the environment variable MARKETPLACE_SMTP_PASSWORD")
        String username() default "";

        @AttributeDefinition(description = "smtp: file that holds nothing but the password")
        String password_file() default "";

        @AttributeDefinition(description = "smtp: seconds for the connection and for each answer, 1 to 60")
        int timeout_seconds() default 10;

        @AttributeDefinition(description = "Seconds between two looks for mails that are due again, at least 1")
        long poll_seconds() default 15;
    }

    private static final Logger LOG = LoggerFactory.getLogger(MailComponent.class);
    private static final long LAST_MAIL_SECONDS = 5;

    private final Outbox outbox;
    private final MailTransport transport;
    private final Postman postman;
    private final ScheduledExecutorService executor;
    /** Whether a round is asked for that has not begun. */
    private final AtomicBoolean asked = new AtomicBoolean();
    /** What the last round failed with; only the executor's thread uses it. */
    private String lastFailure = "";

    @Activate
    public MailComponent(@Reference Store store, @Reference ServerSecrets secrets, @Reference InstantSource clock,
            @Reference Nodes nodes, Config config) {
        this(store, secrets, clock, nodes, new MailSettings(config, System::getenv, Path.of(dataDirectory())));
    }

    MailComponent(Store store, ServerSecrets secrets, InstantSource clock, Nodes nodes, MailSettings settings) {
        outbox = new Outbox(store, secrets, clock);
        transport = transport(settings, clock);
        postman = new Postman(outbox, new Letters(settings.productName()), transport, clock, nodes.self().hashCode());
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "marketplace-mail");
            thread.setDaemon(true);
            // The mail library looks there for its parts, which lie in this bundle.
            thread.setContextClassLoader(MailComponent.class.getClassLoader());
            return thread;
        });
        executor.scheduleWithFixedDelay(this::round, 0, settings.poll().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static MailTransport transport(MailSettings settings, InstantSource clock) {
        try {
            MailTransport transport = settings.transport(clock);
            LOG.info("event=mail_started transport={} from={}", settings.config().transport(), settings.config().from());
            return transport;
        } catch (IllegalArgumentException e) {
            LOG.error("event=mail_misconfigured problem=\"{}\"; mails wait in the outbox. See com.cloudnestle.marketplace.mail.cfg",
                    e.getMessage());
            return new MisconfiguredTransport();
        }
    }

    @Override
    public void send(Mail mail) {
        Letters.check(mail);
        if (!outbox.accept(mail)) {
            LOG.debug("event=mail_known kind={}", mail.kind());
            return;
        }
        LOG.debug("event=mail_accepted kind={}", mail.kind());
        if (asked.compareAndSet(false, true)) {
            try {
                executor.execute(this::round);
            } catch (RejectedExecutionException e) {
                LOG.debug("event=mail_left_to_others kind={}", mail.kind()); // we are stopping; it is in the store
            }
        }
    }

    /** An exception would end the rounds for good. */
    private void round() {
        asked.set(false); // before it looks: what is accepted from now on needs another one
        try {
            postman.round();
            lastFailure = "";
        } catch (RuntimeException e) {
            if (!lastFailure.equals(e.toString())) {
                lastFailure = e.toString();
                LOG.warn("event=mail_round_failed reason=\"{}\"; tried again", lastFailure);
            }
        }
    }

    @Deactivate
    public void close() {
        postman.stop();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_MAIL_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("event=mail_interrupted; the mail is due again when its claim ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.close();
        executor.shutdownNow();
    }

    private static String dataDirectory() {
        String data = System.getProperty("karaf.data");
        if (data == null || data.isBlank()) {
            throw new IllegalStateException("the system property karaf.data must name the data directory");
        }
        return data;
    }
}
