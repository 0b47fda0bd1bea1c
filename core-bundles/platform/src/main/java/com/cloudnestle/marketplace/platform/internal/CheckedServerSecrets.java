package com.cloudnestle.marketplace.platform.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.platform.ReadinessCheck;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
 * The secrets of this node, handed out only once it is known that the other nodes on the store have the same. Until then
 * the node is not ready; calls that need no secret, such as validating a token, are answered all the same.
 */
@Component(
        service = {ServerSecrets.class, ReadinessCheck.class},
        immediate = true,
        configurationPid = "com.cloudnestle.marketplace.secrets")
@Designate(ocd = CheckedServerSecrets.Config.class)
public final class CheckedServerSecrets implements ServerSecrets, ReadinessCheck {

    @ObjectClassDefinition(name = "Marketplace server secret")
    @interface Config {
        @AttributeDefinition(description = "Fingerprint of a secret that may take the place of the one the data were made with;"
                + " for the case that the former one is lost. The message that refuses a secret names it")
        String accept_fingerprint() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(CheckedServerSecrets.class);
    private static final long RETRY_SECONDS = 5;

    private final ServerSecrets secrets;
    private final SecretAgreement agreement;
    private final boolean shared;
    private final String accepted;
    private final ScheduledExecutorService executor;
    private volatile Optional<String> problem = Optional.of("The server secret was not compared with that of other nodes yet.");

    @Activate
    public CheckedServerSecrets(@Reference Store store, @Reference InstantSource clock, Config config) {
        this(store, clock, config.accept_fingerprint().strip(), DataFolder.ofProcess());
        if (!check()) {
            executor.scheduleWithFixedDelay(this::retry, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    CheckedServerSecrets(Store store, InstantSource clock, String accepted, Path data) {
        FileServerSecrets file = new FileServerSecrets(data);
        this.secrets = file;
        this.agreement = new SecretAgreement(store, clock, file, file.file());
        this.shared = store.shared();
        this.accepted = accepted;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "marketplace-secrets");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Compares once. False if the store could not answer, so that it has to be asked again. */
    boolean check() {
        try {
            problem = agreement.problem(accepted);
            return true;
        } catch (StoreException e) {
            LOG.warn("event=server_secret_unchecked reason=\"{}\"", e.getMessage());
            problem = shared
                    ? Optional.of("The server secret cannot be compared with that of other nodes: " + e.getMessage())
                    : Optional.empty(); // there are no others
            return !shared;
        }
    }

    private void retry() {
        if (check()) {
            executor.shutdown();
        }
    }

    @Deactivate
    public void close() {
        executor.shutdownNow();
    }

    @Override
    public byte[] keyedHash(String purpose, String text) {
        if (problem.isPresent()) {
            throw new MarketplaceException(Problem.STORE_UNAVAILABLE, "This server is not ready.");
        }
        return secrets.keyedHash(purpose, text);
    }

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }
}
