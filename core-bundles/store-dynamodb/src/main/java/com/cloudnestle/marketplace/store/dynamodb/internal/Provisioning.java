package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Finds out whether the tables are as they must be, and on a developer's machine makes those that are missing. */
final class Provisioning {

    static final String MISSING = ": table is missing";

    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);

    private final DynamoDbClient client;
    private final List<ExpectedTable> tables;
    private final Pauses pauses;

    Provisioning(DynamoDbClient client, TableNames names, Pauses pauses) {
        this.client = client;
        this.pauses = pauses;
        tables = Table.all().stream().map(table -> ExpectedTable.of(table, names)).toList();
    }

    /** Every difference of every table, so that one look is enough; empty if all will do. Changes nothing. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (ExpectedTable table : tables) {
            Optional<TableDescription> found = describe(table);
            found.ifPresentOrElse(
                    actual -> {
                        differences.addAll(table.differences(actual));
                        if (ExpectedTable.usable(actual)) { // of others the service says that they do not exist
                            timeToLive(table).ifPresent(differences::add);
                        }
                    },
                    () -> differences.add(table.name() + MISSING));
        }
        return differences;
    }

    /** What is not wrong but should be known: protections that are off, indexes that cost. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (ExpectedTable table : tables) {
            describe(table).ifPresent(actual -> warnings.addAll(warnings(table, actual)));
        }
        return warnings;
    }

    private List<String> warnings(ExpectedTable table, TableDescription actual) {
        List<String> warnings = new ArrayList<>();
        if (!Boolean.TRUE.equals(actual.deletionProtectionEnabled())) {
            warnings.add(table.name() + ": deletion protection is off");
        }
        if (!recoverable(table)) {
            warnings.add(table.name() + ": point-in-time recovery is off or cannot be seen");
        }
        if (table.group() == ExpectedTable.Group.QUOTA && !actual.globalSecondaryIndexes().isEmpty()) {
            warnings.add(table.name() + ": has an index, which makes every decision cost a write more");
        }
        TableClass tableClass = actual.tableClassSummary() == null
                ? TableClass.STANDARD : actual.tableClassSummary().tableClass();
        if (tableClass != table.tableClass()) {
            warnings.add(table.name() + ": class is " + tableClass + ", cheaper were " + table.tableClass());
        }
        return warnings;
    }

    /** Makes the tables that are missing. Several nodes may do so at once. */
    void create() throws StoreRefusedException {
        for (ExpectedTable table : tables) {
            if (describe(table).isEmpty()) {
                try {
                    client.createTable(table.creation());
                    LOG.info("event=store_table_created table={}", table.name());
                } catch (ResourceInUseException e) {
                    LOG.debug("event=store_table_created_by_another table={}", table.name());
                }
            }
        }
        for (ExpectedTable table : tables) {
            awaitActive(table);
            if (timeToLive(table).isPresent()) {
                enableTimeToLive(table);
            }
        }
    }

    private void awaitActive(ExpectedTable table) throws StoreRefusedException {
        long began = pauses.now();
        int number = 0;
        while (describe(table).filter(actual -> actual.tableStatus() == TableStatus.ACTIVE).isEmpty()) {
            if (!pauses.before(number++, began)) {
                throw new StoreRefusedException(table.name() + ": is being created, not ACTIVE yet");
            }
        }
    }

    private void enableTimeToLive(ExpectedTable table) {
        try {
            client.updateTimeToLive(request -> request.tableName(table.name())
                    .timeToLiveSpecification(ttl -> ttl.attributeName(ExpectedTable.TTL).enabled(true)));
        } catch (DynamoDbException e) {
            if (timeToLive(table).isPresent()) { // else another node was quicker
                throw e;
            }
        }
    }

    private Optional<TableDescription> describe(ExpectedTable table) {
        try {
            return Optional.of(client.describeTable(request -> request.tableName(table.name())).table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private Optional<String> timeToLive(ExpectedTable table) {
        TimeToLiveDescription actual = client.describeTimeToLive(request -> request.tableName(table.name()))
                .timeToLiveDescription();
        boolean on = actual.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || actual.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
        if (!on) {
            return Optional.of(table.name() + ": time to live is off; expected on attribute " + ExpectedTable.TTL);
        }
        return ExpectedTable.TTL.equals(actual.attributeName())
                ? Optional.empty()
                : Optional.of(table.name() + ": time to live is on attribute " + actual.attributeName() + "; expected "
                        + ExpectedTable.TTL);
    }

    /** A question that the node may lack the right to ask: then the answer is no. */
    private boolean recoverable(ExpectedTable table) {
        try {
            return client.describeContinuousBackups(request -> request.tableName(table.name()))
                            .continuousBackupsDescription().pointInTimeRecoveryDescription()
                            .pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED;
        } catch (DynamoDbException e) {
            LOG.debug("event=store_backups_unknown table={}", table.name(), e);
            return false;
        }
    }
}
