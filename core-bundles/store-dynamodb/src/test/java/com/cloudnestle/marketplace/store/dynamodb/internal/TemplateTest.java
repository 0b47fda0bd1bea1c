package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.store.Table;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** The template makes exactly the tables that the code expects. */
class TemplateTest {

    private static final String PREFIX = "${TablePrefix}";

    private final Map<String, Object> template = load();
    private final Map<String, Map<String, Object>> tables = tables();

    private static final class Intrinsics extends SafeConstructor {
        private Intrinsics() {
            super(new LoaderOptions());
            for (String name : List.of("!Sub", "!GetAtt", "!Ref")) {
                yamlConstructors.put(new Tag(name), new AbstractConstruct() {
                    @Override
                    public Object construct(Node node) {
                        return ((ScalarNode) node).getValue();
                    }
                });
            }
        }
    }

    private static Map<String, Object> load() {
        try (Reader text = Files.newBufferedReader(Path.of("src/main/cloudformation/marketplace-tables.yaml"))) {
            return new Yaml(new Intrinsics()).load(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Properties by the table's name. */
    private Map<String, Map<String, Object>> tables() {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        map(template.get("Resources")).values().stream().map(TemplateTest::map)
                .filter(resource -> "AWS::DynamoDB::Table".equals(resource.get("Type")))
                .map(resource -> map(resource.get("Properties")))
                .forEach(properties -> found.put((String) properties.get("TableName"), properties));
        return found;
    }

    @Test
    void hasTheTablesOfTheCodeAndNoOthers() {
        assertThat(tables.keySet()).containsExactlyInAnyOrderElementsOf(
                Table.all().stream().map(table -> PREFIX + table.tableName()).toList());
    }

    @Test
    void hasTheKeysIndexesAndClassesOfTheCode() {
        for (Table table : Table.all()) {
            ExpectedTable expected = ExpectedTable.of(table, new TableNames(PREFIX, List.of()));
            CreateTableRequest made = expected.creation();
            Map<String, Object> declared = tables.get(made.tableName());
            assertThat(shape(declared)).as(made.tableName()).isEqualTo(shape(made));
            assertThat(map(declared.get("TimeToLiveSpecification")))
                    .isEqualTo(Map.of("AttributeName", ExpectedTable.TTL, "Enabled", true));
        }
    }

    private static Map<String, Object> shape(CreateTableRequest made) {
        Map<String, Object> shape = new TreeMap<>();
        shape.put("BillingMode", made.billingModeAsString());
        shape.put("TableClass", made.tableClassAsString());
        shape.put("KeySchema", made.keySchema().stream()
                .map(key -> Map.of("AttributeName", key.attributeName(), "KeyType", key.keyTypeAsString())).toList());
        shape.put("AttributeDefinitions", made.attributeDefinitions().stream()
                .map(one -> Map.of("AttributeName", one.attributeName(), "AttributeType", one.attributeTypeAsString()))
                .toList());
        shape.put("GlobalSecondaryIndexes", made.globalSecondaryIndexes().stream().map(index -> Map.of(
                "IndexName", index.indexName(),
                "KeySchema", index.keySchema().stream()
                        .map(key -> Map.of("AttributeName", key.attributeName(), "KeyType", key.keyTypeAsString())).toList(),
                "Projection", Map.of("ProjectionType", index.projection().projectionTypeAsString()))).toList());
        return shape;
    }

    private static Map<String, Object> shape(Map<String, Object> declared) {
        Map<String, Object> shape = new TreeMap<>();
        for (String key : List.of("BillingMode", "TableClass", "KeySchema", "AttributeDefinitions")) {
            shape.put(key, declared.get(key));
        }
        shape.put("GlobalSecondaryIndexes", declared.getOrDefault("GlobalSecondaryIndexes", List.of()));
        return shape;
    }

    @Test
    void protectsEveryTableFromLoss() {
        map(template.get("Resources")).values().stream().map(TemplateTest::map)
                .filter(resource -> "AWS::DynamoDB::Table".equals(resource.get("Type")))
                .forEach(resource -> assertThat(resource)
                        .containsEntry("DeletionPolicy", "Retain").containsEntry("UpdateReplacePolicy", "Retain"));
        tables.forEach((name, properties) -> {
            assertThat(properties).as(name).containsEntry("DeletionProtectionEnabled", true);
            assertThat(map(properties.get("PointInTimeRecoverySpecification"))).as(name)
                    .containsEntry("PointInTimeRecoveryEnabled", true);
        });
    }

    @Test
    void letsANodeDoWhatItDoesOnEveryTableAndIndex() {
        Map<String, Object> policy = map(map(map(template.get("Resources")).get("NodePolicy")).get("Properties"));
        Map<String, Object> statement = map(((List<?>) map(policy.get("PolicyDocument")).get("Statement")).get(0));
        Set<String> granted = new TreeSet<>();
        ((List<?>) statement.get("Action")).forEach(action -> granted.add(((String) action).replace("dynamodb:", "")));
        List<String> needed = new ArrayList<>();
        Matcher right = Pattern.compile("[A-Z][A-Za-z]+").matcher(Opening.RIGHTS.replace("DynamoDB", ""));
        while (right.find()) {
            needed.add(right.group());
        }
        assertThat(granted).containsExactlyInAnyOrderElementsOf(needed);

        List<String> resources = new ArrayList<>();
        map(template.get("Resources")).entrySet().stream()
                .filter(resource -> "AWS::DynamoDB::Table".equals(map(resource.getValue()).get("Type")))
                .forEach(resource -> {
                    resources.add(resource.getKey() + ".Arn");
                    if (map(map(resource.getValue()).get("Properties")).containsKey("GlobalSecondaryIndexes")) {
                        resources.add("${" + resource.getKey() + ".Arn}/index/*");
                    }
                });
        assertThat(statement.get("Resource")).isEqualTo(resources);
    }
}
