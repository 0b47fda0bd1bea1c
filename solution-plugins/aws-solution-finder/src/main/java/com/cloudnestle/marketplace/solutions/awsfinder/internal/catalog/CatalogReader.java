package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the data files below {@code catalog/} and refuses them as a whole when anything in them is wrong. */
public final class CatalogReader {

    /** Where the bytes come from; null when there is no such file. */
    @FunctionalInterface
    public interface Files {
        @Nullable InputStream open(String name) throws IOException;
    }

    private static final String INDEX = "index.json";

    private final Files files;
    private final ObjectMapper json = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public CatalogReader(Files files) {
        this.files = files;
    }

    /** The catalogue shipped in this bundle. */
    public static Catalogue shipped() {
        return new CatalogReader(name -> CatalogReader.class.getResourceAsStream("/catalog/" + name)).read();
    }

    /** @throws MalformedCatalogException naming file, entry and field */
    public Catalogue read() {
        JsonNode index = tree(INDEX);
        List<Category> categories = new ArrayList<>();
        for (JsonNode node : EntryFields.array(INDEX, index, "categories")) {
            EntryFields fields = new EntryFields(INDEX, "category " + (categories.size() + 1), node, "id", "label");
            categories.add(new Category(fields.id("id"), fields.text("label", 2, 60)));
        }
        List<String> examples = new EntryFields(INDEX, "index", index, "categories", "examples").texts("examples", 1, 50);
        List<CatalogItem> items = new ArrayList<>();
        Map<String, String> origin = new HashMap<>();
        for (Category category : categories) {
            readFile(category, items, origin);
        }
        checkServices(items, origin);
        return new Catalogue(categories, items, examples);
    }

    private void readFile(Category category, List<CatalogItem> items, Map<String, String> origin) {
        String file = category.id() + ".json";
        JsonNode entries = tree(file);
        if (!entries.isArray() || entries.isEmpty()) {
            throw new MalformedCatalogException(file + ": must be an array with at least one entry");
        }
        int number = 0;
        for (JsonNode node : entries) {
            number++;
            CatalogItem item = ItemRules.item(file, number, node, category.id());
            String where = file + ": entry " + number + " (" + item.id() + ")";
            String earlier = origin.putIfAbsent(item.id(), where);
            if (earlier != null) {
                throw new MalformedCatalogException(where + ": id: is already used by " + earlier);
            }
            items.add(item);
        }
    }

    private static void checkServices(List<CatalogItem> items, Map<String, String> origin) {
        Map<String, Kind> kinds = new HashMap<>();
        items.forEach(item -> kinds.put(item.id(), item.kind()));
        for (CatalogItem item : items) {
            for (String service : item.services()) {
                if (kinds.get(service) != Kind.SERVICE || service.equals(item.id())) {
                    throw new MalformedCatalogException(
                            origin.get(item.id()) + ": services: '" + service + "' is no other service of the catalogue");
                }
            }
        }
    }

    private JsonNode tree(String file) {
        try (InputStream in = files.open(file)) {
            if (in == null) {
                throw new MalformedCatalogException(file + ": is missing");
            }
            return json.readTree(in);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new MalformedCatalogException(file + ": is not readable JSON" + place + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedCatalogException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
