package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultProxy;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** When the store opens, and what it says when it does not. */
class OpeningTest {

    private static final URI LOCAL = DynamoDbLocal.start().endpoint();
    private static final TableNames NONE = new TableNames("", List.of());

    /** Tables of one prefix, as {@code verify} finds them. */
    private static Settings verify(URI endpoint, String prefix, Duration maxSkew) {
        return new Settings("us-east-1", endpoint, true, new TableNames(prefix, List.of()), false, 8,
                Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(10), maxSkew);
    }

    private static String refusal(Settings settings) {
        return refusal(settings, LocalStore.clock());
    }

    private static String refusal(Settings settings, InstantSource clock) {
        StoreRefusedException refused =
                catchThrowableOfType(StoreRefusedException.class, () -> Opening.open(settings, clock).close());
        return refused == null ? "" : refused.getMessage();
    }

    /** Makes all tables, one of them different, or missing for {@code null}. */
    private static void make(String prefix, Table odd, Function<CreateTableRequest, @Nullable CreateTableRequest> difference) {
        try (Connection connection = LocalStore.connect(prefix)) {
            DynamoDbClient client = connection.client();
            ExpectedTable expected = ExpectedTable.of(odd, connection.settings().tables());
            client.deleteTable(request -> request.tableName(expected.name()));
            CreateTableRequest changed = difference.apply(expected.creation());
            if (changed != null) {
                client.createTable(changed);
                client.updateTimeToLive(request -> request.tableName(expected.name())
                        .timeToLiveSpecification(ttl -> ttl.attributeName("ttl").enabled(true)));
            }
        }
    }

    @Test
    void opensOnTablesThatAreRight() throws StoreRefusedException {
        LocalStore.connect("right-").close();
        try (Connection connection = Opening.open(verify(LOCAL, "right-", Duration.ZERO), LocalStore.clock())) {
            Item item = new Item(new Key(Table.USERS, "p", "s"), Map.of("v", 1L));
            new DynamoDbStore(connection, LocalStore.clock()).put(item);
            assertThat(new DynamoDbStore(connection, LocalStore.clock()).get(item.key())).contains(item);
        }
    }

    @Test
    void makesNoTableWhenItOnlyVerifies() {
        String first = refusal(verify(LOCAL, "unmade-", Duration.ZERO));
        for (Table table : Table.all()) {
            assertThat(first).contains("unmade-" + table.tableName() + ": table is missing");
        }
        assertThat(first).contains("region us-east-1", "table.prefix", "marketplace-tables.yaml");
        assertThat(refusal(verify(LOCAL, "unmade-", Duration.ZERO))).isEqualTo(first);
    }

    @Test
    void namesTheRegionWhenTheTablesAreInAnother() {
        LocalStore.connect("there-").close();
        Settings here = verify(LOCAL, "there-", Duration.ZERO);
        Settings elsewhere = new Settings("eu-west-3", here.endpoint(), true, here.tables(), false, 8, here.connectTimeout(),
                here.requestTimeout(), here.callBudget(), Duration.ZERO);
        assertThat(refusal(here)).isEmpty();
        assertThat(refusal(elsewhere)).contains("eu-west-3", "No table is there: check region");
    }

    @Test
    void namesTheOneTableThatIsMissing() {
        make("missing-", Table.SESSIONS, creation -> null);
        assertThat(refusal(verify(LOCAL, "missing-", Duration.ZERO)))
                .contains("missing-marketplace-sessions: table is missing")
                .doesNotContain("marketplace-users", "No table is there");
    }

    @Test
    void namesAMissingSortKey() {
        make("unsorted-", Table.TOKENS, creation -> creation.copy(request -> request
                .keySchema(creation.keySchema().get(0))
                .attributeDefinitions(creation.attributeDefinitions().stream()
                        .filter(one -> !one.attributeName().equals("sk")).toList())));
        assertThat(refusal(verify(LOCAL, "unsorted-", Duration.ZERO)))
                .contains("unsorted-marketplace-tokens: sort key is missing; expected sk (S)");
    }

    @Test
    void namesAKeyOfAnotherNameOrType() {
        make("named-", Table.USAGE, creation -> creation.copy(request -> request
                .keySchema(key -> key.attributeName("id").keyType("HASH"), key -> key.attributeName("sk").keyType("RANGE"))
                .attributeDefinitions(
                        one -> one.attributeName("id").attributeType(ScalarAttributeType.S),
                        one -> one.attributeName("sk").attributeType(ScalarAttributeType.N))));
        assertThat(refusal(verify(LOCAL, "named-", Duration.ZERO))).contains(
                "named-marketplace-usage-tracking: partition key is id (S); expected pk (S)",
                "named-marketplace-usage-tracking: sort key is sk (N); expected sk (S)");
    }

    @Test
    void namesAMissingIndexAndAWrongOne() {
        make("indexless-", Table.AUDIT, creation -> creation.toBuilder()
                .globalSecondaryIndexes((List<GlobalSecondaryIndex>) null)
                .attributeDefinitions(creation.attributeDefinitions().subList(0, 2)).build());
        assertThat(refusal(verify(LOCAL, "indexless-", Duration.ZERO)))
                .contains("indexless-marketplace-audit-log: index gi1 is missing; expected g1 (S), g1s (S), KEYS_ONLY");

        make("projected-", Table.USERS, creation -> creation.toBuilder()
                .globalSecondaryIndexes(creation.globalSecondaryIndexes().get(0).copy(index -> index
                        .keySchema(key -> key.attributeName("g1").keyType("HASH"))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))))
                .attributeDefinitions(creation.attributeDefinitions().subList(0, 3)).build());
        assertThat(refusal(verify(LOCAL, "projected-", Duration.ZERO))).contains(
                "projected-marketplace-users: index gi1: sort key is missing; expected g1s (S)",
                "projected-marketplace-users: index gi1: projection is ALL; expected KEYS_ONLY");
    }

    @Test
    void namesATableWhoseTimeToLiveIsOff() {
        LocalStore.connect("eternal-").close();
        try (Connection connection = LocalStore.connect("eternal-")) {
            String name = connection.settings().tables().of(Table.TOKENS);
            connection.client().deleteTable(request -> request.tableName(name));
            connection.client().createTable(ExpectedTable.of(Table.TOKENS, connection.settings().tables()).creation());
        }
        assertThat(refusal(verify(LOCAL, "eternal-", Duration.ZERO)))
                .contains("eternal-marketplace-tokens: time to live is off; expected on attribute ttl");
    }

    @Test
    void namesTheOtherAttributeThatTimeToLiveIsOn() {
        LocalStore.connect("mortal-").close();
        try (Connection connection = LocalStore.connect("mortal-")) {
            String name = connection.settings().tables().of(Table.TOKENS);
            connection.client().deleteTable(request -> request.tableName(name));
            connection.client().createTable(ExpectedTable.of(Table.TOKENS, connection.settings().tables()).creation());
            connection.client().updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.attributeName("expires").enabled(true)));
        }
        assertThat(refusal(verify(LOCAL, "mortal-", Duration.ZERO)))
                .contains("mortal-marketplace-tokens: time to live is on attribute expires; expected ttl");
    }

    /** As the service answers while it makes a table: of time to live it says that there is no such table. */
    @Test
    void waitsForATableThatIsHalfMade() {
        LocalStore.connect("half-").close();
        String name = "half-marketplace-usage-tracking";
        String table = "\"Table\":{\"TableName\":\"" + name + "\",\"TableStatus\":\"CREATING\",\"KeySchema\":["
                + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],"
                + "\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
                + "{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"}]}";
        Fault creating = Fault.answer(200, "none", "\"," + table + ",\"end\":\"");
        Fault absent = Fault.answer(400, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "not found");
        try (FaultProxy proxy = FaultProxy.before(LOCAL)) {
            proxy.rule(request -> !request.body().contains(name) ? Fault.NONE
                    : request.operation().equals("DescribeTable") ? creating : absent);
            assertThat(refusal(verify(proxy.endpoint(), "half-", Duration.ZERO)))
                    .endsWith("are not as they must be: " + name + ": status CREATING, not ACTIVE");
            proxy.rule(FaultRule.NONE);
            assertThat(refusal(verify(proxy.endpoint(), "half-", Duration.ZERO))).isEmpty();
        }
    }

    @Test
    void namesATableOrIndexThatIsNotActiveYet() {
        ExpectedTable users = ExpectedTable.of(Table.USERS, NONE);
        try (Connection connection = LocalStore.connect("active-")) {
            var actual = connection.client().describeTable(request -> request.tableName("active-marketplace-users")).table();
            assertThat(users.differences(actual)).isEmpty();
            assertThat(users.differences(actual.copy(table -> table.tableStatus("CREATING"))))
                    .containsExactly("marketplace-users: status CREATING, not ACTIVE");
            var creating = actual.globalSecondaryIndexes().get(0).copy(index -> index.indexStatus("CREATING"));
            assertThat(users.differences(actual.copy(table -> table.globalSecondaryIndexes(creating))))
                    .containsExactly("marketplace-users: index gi1: status CREATING, not ACTIVE");
        }
    }

    @Test
    void manyNodesMayMakeTheTablesAtOnce() {
        Settings settings = LocalStore.settings(LOCAL, "together-");
        List<Connection> nodes = Together.run(4, () -> LocalStore.connect(settings, LocalStore.clock()));
        nodes.forEach(Connection::close);
        assertThat(refusal(verify(LOCAL, "together-", Duration.ZERO))).isEmpty();
    }

    @Test
    void warnsOfMissingProtectionButOpens() {
        LocalStore.connect("bare-").close();
        Settings settings = verify(LOCAL, "bare-", Duration.ZERO);
        try (Connection connection = LocalStore.connect(settings, LocalStore.clock())) {
            assertThat(new Provisioning(connection.client(), settings.tables(), connection.pauses()).warnings())
                    .contains("bare-marketplace-users: deletion protection is off")
                    .contains("bare-marketplace-users: point-in-time recovery is off or cannot be seen");
        }
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        try (Socket taken = new Socket()) { // bound, so that nobody else can listen there, and does not listen itself
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int nobody = taken.getLocalPort();
            assertThat(refusal(verify(URI.create("http://127.0.0.1:" + nobody), "", Duration.ZERO)))
                    .contains("127.0.0.1:" + nobody, "cannot be reached", "endpoint");
        }
    }

    @Test
    void saysThatTheHostIsUnknown() {
        String tooLong = "x".repeat(64) + ".invalid"; // no resolver sends a question for such a name
        assertThat(refusal(verify(URI.create("http://" + tooLong), "", Duration.ZERO)))
                .contains(tooLong, "host is unknown", "region");
    }

    @Test
    void tellsRefusedCredentialsFromMissingRights() {
        LocalStore.connect("refused-").close();
        try (FaultProxy proxy = FaultProxy.before(LOCAL)) {
            Settings settings = verify(proxy.endpoint(), "refused-", Duration.ZERO);
            proxy.rule(FaultRule.always("DescribeTable", Fault.EXPIRED_TOKEN));
            assertThat(refusal(settings)).contains("credentials are refused", "ExpiredTokenException");
            proxy.rule(FaultRule.always("DescribeTable", Fault.ACCESS_DENIED));
            assertThat(refusal(settings)).contains("denied", "dynamodb:DescribeTable", "ConditionCheckItem");
            proxy.rule(FaultRule.NONE);
            assertThat(refusal(settings)).as("once the cause is gone").isEmpty();
        }
    }

    @Test
    void saysThatThereAreNoCredentials() {
        Supplier<AwsCredentialsProvider> none = () -> () -> {
            throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        };
        Settings settings = verify(LOCAL, "", Duration.ZERO);
        StoreRefusedException refused = catchThrowableOfType(StoreRefusedException.class, () -> Opening.checked(new Connection(
                settings, LocalStore.clock(), none, new Pauses(Duration.ofSeconds(1)), System::nanoTime)));
        assertThat(refused).hasMessageContaining("no AWS credentials").hasMessageContaining("AWS_ACCESS_KEY_ID");
    }

    @Test
    void refusesToStartWithAClockThatIsWrong() throws Exception {
        LocalStore.connect("late-").close();
        Settings settings = verify(LOCAL, "late-", Duration.ofMinutes(10)); // the test may take its time
        ManualClock right = new ManualClock(LocalStore.serverTime());
        assertThat(refusal(settings, right)).isEmpty();
        right.set(LocalStore.serverTime().plusSeconds(3600));
        assertThat(refusal(settings, right)).contains("clock is", "ahead of", "NTP");
        right.set(LocalStore.serverTime().minusSeconds(3600));
        assertThat(refusal(settings, right)).contains("behind");
        assertThat(refusal(verify(LOCAL, "late-", Duration.ZERO), right)).isEmpty();
    }

    @Test
    void tablesMayHaveNamesOfTheirOwn() {
        TableNames names = new TableNames("p-", List.of("TOKENS=tokens-2", " users = old "));
        assertThat(names.of(Table.TOKENS)).isEqualTo("tokens-2");
        assertThat(names.of(Table.USERS)).isEqualTo("old");
        assertThat(names.of(Table.AUDIT)).isEqualTo("p-marketplace-audit-log");
        for (String bad : List.of("TOKENS", "=x", "TOKENS=", "NOTHING=x", "TOKENS=p-marketplace-users")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> new TableNames("p-", List.of(bad)));
        }
    }
}
