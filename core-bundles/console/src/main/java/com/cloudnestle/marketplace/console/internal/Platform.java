package com.cloudnestle.marketplace.console.internal;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.Migration;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.ApiKeys;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.notification.MailQueue;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.quota.QuotaMetrics;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreTransfer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The services the commands work on. Every reference is optional and dynamic, against the custom of the other bundles:
 * the shell leaves out commands whose services are missing, and "command not found" is the worst answer an operator
 * of a broken server can get. So the commands are always there and say what is missing.
 */
@Component(service = Platform.class)
public final class Platform {

    /** Who did it, in the audit log. */
    static final String ACTOR = "console";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable CatalogService catalog;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable SolutionOwners owners;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable CustomerDirectory customers;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable EntitlementService entitlements;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable SolutionTokens tokens;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable QuotaService quota;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UsageHistory usage;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ApiKeys keys;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable StoreAdmin store;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable StoreTransfer transfer;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Accounts accounts;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Sessions sessions;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UserKeys userKeys;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable MailQueue mails;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable QuotaMetrics metrics;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Migration migration;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Nodes nodes;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable PluginReport plugins;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable InstantSource clock;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Payments payments;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Ledger ledger;

    /** The server's data directory; replaced in tests. */
    Path data = Path.of(System.getProperty("karaf.data", "data"));

    CatalogService catalog() {
        return running("catalogue", catalog);
    }

    SolutionOwners owners() {
        return running("catalogue", owners);
    }

    CustomerDirectory customers() {
        return running("customer directory", customers);
    }

    EntitlementService entitlements() {
        return running("entitlement service", entitlements);
    }

    SolutionTokens tokens() {
        return running("token service", tokens);
    }

    QuotaService quota() {
        return running("quota service", quota);
    }

    UsageHistory usage() {
        return running("usage history", usage);
    }

    ApiKeys keys() {
        return running("key service", keys);
    }

    AuditLog audit() {
        return running("audit log", audit);
    }

    InstantSource clock() {
        return running("clock", clock);
    }

    StoreTransfer transfer() {
        return running("transfer of data", transfer);
    }

    Migration migration() {
        return running("migration", migration);
    }

    Nodes nodes() {
        return running("register of nodes", nodes);
    }

    Accounts accounts() {
        return running("account service", accounts);
    }

    Sessions sessions() {
        return running("session service", sessions);
    }

    UserKeys userKeys() {
        return running("key service of people", userKeys);
    }

    MailQueue mails() {
        return running("outbox", mails);
    }

    QuotaMetrics metrics() {
        return running("quota service", metrics);
    }

    Payments payments() {
        return running("payment service", payments);
    }

    Ledger ledger() {
        return running("ledger", ledger);
    }

    /** Empty if the store is backed up elsewhere, or is not running. */
    Optional<StoreAdmin> store() {
        return Optional.ofNullable(store);
    }

    /** Empty if the plugin host is not installed. */
    Optional<PluginReport> plugins() {
        return Optional.ofNullable(plugins);
    }

    private static <T> T running(String what, @Nullable T service) {
        if (service == null) {
            throw new MarketplaceException(Problem.STORE_UNAVAILABLE, "The " + what
                    + " is not running. The lines with ERROR in log/karaf.log say why; most often the store refused to start.");
        }
        return service;
    }
}
