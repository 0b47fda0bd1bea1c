package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {

    private static final String INDEX = """
            {"categories": [{"id": "storage", "label": "Storage"}], "examples": ["cheap storage"]}""";
    private static final String DISK = """
            {"id": "disk", "name": "Disk", "kind": "service", "category": "storage",
             "problem": "We need a disk for our server.", "summary": "A disk for servers. It keeps data when they stop.",
             "services": ["bucket"], "keywords": ["disk", "volume", "ssd"], "url": "https://aws.amazon.com/disk/"}""";
    private static final String BUCKET = DISK.replace("disk", "bucket").replace("\"bucket\"]", "\"disk\"]")
            .replace("[\"bucket\", ", "[\"object\", ").replace("Disk", "Bucket").replace("[\"bucket\"]", "[\"disk\"]");

    private final Map<String, String> files = new HashMap<>(Map.of("index.json", INDEX, "storage.json", "[" + DISK + "," + BUCKET + "]"));

    @Test
    void readsWhatIsRight() {
        Catalogue catalogue = read();
        assertThat(catalogue.items()).extracting(CatalogItem::id).containsExactly("disk", "bucket");
        assertThat(catalogue.examples()).containsExactly("cheap storage");
        assertThat(catalogue.categoryLabel("storage")).isEqualTo("Storage");
        assertThat(catalogue.nameOf("bucket")).isEqualTo("Bucket");
    }

    @Test
    void namesFileEntryAndFieldOfAnEmptyText() {
        refuses(DISK.replace("A disk for servers. It keeps data when they stop.", ""), "storage.json", "entry 1 (disk)", "summary");
    }

    @Test
    void refusesAMissingField() {
        refuses(DISK.replace("\"problem\"", "\"probleem\""), "storage.json", "entry 1 (disk)", "probleem", "no known field");
        refuses(DISK.replace("\"name\": \"Disk\", ", ""), "storage.json", "entry 1 (disk)", "name");
    }

    @Test
    void refusesAWrongType() {
        refuses(DISK.replace("[\"disk\", \"volume\", \"ssd\"]", "\"disk\""), "entry 1 (disk)", "keywords");
        refuses("[]", "storage.json", "entry 1", "must be an object");
    }

    @Test
    void refusesAnUnofficialPage() {
        refuses(DISK.replace("https://aws.amazon.com/", "https://example.com/"), "entry 1 (disk)", "url");
        refuses(DISK.replace("https://aws.amazon.com/", "javascript:alert/"), "entry 1 (disk)", "url");
    }

    @Test
    void refusesAServiceThatDoesNotExist() {
        refuses(DISK.replace("[\"bucket\"]", "[\"tape\"]"), "entry 1 (disk)", "services", "'tape'");
    }

    @Test
    void refusesAnUnknownKindOrAForeignCategory() {
        refuses(DISK.replace("\"service\"", "\"thing\""), "entry 1 (disk)", "kind");
        refuses(DISK.replace("\"storage\"", "\"compute\""), "entry 1 (disk)", "category");
    }

    @Test
    void refusesAnIdUsedTwice() {
        files.put("storage.json", "[" + DISK + "," + BUCKET + "," + DISK + "]");
        assertThatThrownBy(this::read).hasMessageContaining("entry 3 (disk)").hasMessageContaining("entry 1 (disk)");
    }

    @Test
    void refusesBrokenJsonWithItsPlace() {
        files.put("storage.json", "[\n{\"id\": }]");
        assertThatThrownBy(this::read).isInstanceOf(MalformedCatalogException.class)
                .hasMessageContaining("storage.json").hasMessageContaining("line 2");
    }

    @Test
    void refusesAFieldGivenTwice() {
        refuses(DISK.replace("\"name\": \"Disk\"", "\"name\": \"Disk\", \"name\": \"Disc\""), "storage.json", "Duplicate field 'name'");
    }

    @Test
    void refusesAListedFileThatIsMissing() {
        files.remove("storage.json");
        assertThatThrownBy(this::read).isInstanceOf(MalformedCatalogException.class).hasMessage("storage.json: is missing");
    }

    private void refuses(String disk, String... parts) {
        files.put("storage.json", "[" + disk + "," + BUCKET + "]");
        assertThatThrownBy(this::read).isInstanceOf(MalformedCatalogException.class).hasMessageContainingAll(parts);
    }

    private Catalogue read() {
        return new CatalogReader(name -> {
            String text = files.get(name);
            return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }).read();
    }
}
