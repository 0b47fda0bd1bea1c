package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Table;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** One attempt to come to a connection whose tables and clock are good, or to the reason why there is none. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    static final String RIGHTS = "dynamodb:DescribeTable, DescribeTimeToLive, DescribeContinuousBackups, GetItem,"
            + " BatchGetItem, Query, Scan, PutItem, UpdateItem, DeleteItem, ConditionCheckItem";

    private final Connection connection;

    private Opening(Connection connection) {
        this.connection = connection;
    }

    /** @throws StoreRefusedException saying everything that is wrong, as far as it can be seen at once */
    static Connection open(Settings settings, InstantSource clock) throws StoreRefusedException {
        return checked(new Connection(settings, clock));
    }

    /** The connection itself; it is closed if it will not do. */
    static Connection checked(Connection connection) throws StoreRefusedException {
        boolean good = false;
        try {
            new Opening(connection).check();
            good = true;
            return connection;
        } finally {
            if (!good) {
                connection.close();
            }
        }
    }

    private void check() throws StoreRefusedException {
        requireCredentials();
        Provisioning tables = new Provisioning(connection.client(), connection.settings().tables(), connection.pauses());
        try {
            if (connection.settings().create()) {
                tables.create();
            }
            List<String> differences = tables.differences();
            if (!differences.isEmpty()) {
                throw new StoreRefusedException("the DynamoDB tables in " + where() + " are not as they must be: "
                        + String.join("; ", differences) + hint(differences));
            }
            Optional<String> skew = connection.clockProblem();
            if (skew.isPresent()) {
                throw new StoreRefusedException(skew.get());
            }
            if (!connection.settings().create()) {
                tables.warnings().forEach(warning -> LOG.warn("event=store_table_warning message=\"{}\"", warning));
            }
        } catch (SdkException e) {
            throw new StoreRefusedException(explain(e), e);
        }
    }

    private void requireCredentials() throws StoreRefusedException {
        try {
            connection.credentials().resolveCredentials();
        } catch (SdkException e) {
            throw new StoreRefusedException("no AWS credentials: set the environment variables AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, or give this machine a role; for DynamoDB Local set credentials = local", e);
        }
    }

    private String hint(List<String> differences) {
        boolean nothing = differences.stream().filter(difference -> difference.endsWith(Provisioning.MISSING)).count()
                == Table.all().size();
        return nothing
                ? ". No table is there: check region, table.prefix and table.names; make them from the template"
                        + " marketplace-tables.yaml or, for development, by tables = create"
                : "";
    }

    private String where() {
        return connection.settings().endpoint() == null
                ? "region " + connection.region().id()
                : connection.settings().endpoint() + " (region " + connection.region().id() + ")";
    }

    private String explain(SdkException error) {
        if (error instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String code = answer.awsErrorDetails().errorCode();
            String text = answer.awsErrorDetails().errorMessage();
            if ("AccessDeniedException".equals(code)) {
                return "access to DynamoDB in " + where() + " is denied: " + text + ". This node needs " + RIGHTS
                        + " on the tables and their indexes"
                        + (connection.settings().create() ? ", and CreateTable, UpdateTimeToLive for tables = create" : "");
            }
            Failure failure = Failure.of(answer, Wire.Reach.SENT);
            return failure.kind() == Failure.Kind.CREDENTIALS
                    ? "the AWS credentials are refused in " + where() + " (" + code + ": " + text + "): check them, the region"
                            + " and this machine's clock"
                    : "DynamoDB in " + where() + " answers " + code + ": " + text;
        }
        if (error instanceof SdkClientException && caused(error, UnknownHostException.class)) {
            return "there is no DynamoDB in " + where() + ": the host is unknown; check region and endpoint";
        }
        if (caused(error, IOException.class)) {
            return "DynamoDB in " + where() + " cannot be reached: check endpoint, region and network (" + error.getMessage() + ")";
        }
        return "DynamoDB in " + where() + " cannot be used: " + error.getMessage();
    }

    private static boolean caused(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
