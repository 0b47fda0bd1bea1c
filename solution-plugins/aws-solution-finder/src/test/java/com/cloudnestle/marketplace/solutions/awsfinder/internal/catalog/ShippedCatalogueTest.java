package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedCatalogueTest {

    private final Catalogue catalogue = CatalogReader.shipped();

    @Test
    void hasEnoughOfEachKind() {
        var counts = catalogue.items().stream().collect(Collectors.groupingBy(CatalogItem::kind, Collectors.counting()));
        assertThat(counts.get(Kind.SERVICE)).isGreaterThanOrEqualTo(110);
        assertThat(counts.get(Kind.ARCHITECTURE)).isGreaterThanOrEqualTo(40);
        assertThat(counts.get(Kind.SOLUTION)).isGreaterThanOrEqualTo(30);
    }

    @Test
    void namesIdsAndPagesAreUnique() {
        assertThat(catalogue.items()).extracting(CatalogItem::id).doesNotHaveDuplicates();
        assertThat(catalogue.items()).extracting(CatalogItem::name).doesNotHaveDuplicates();
        assertThat(catalogue.items()).extracting(CatalogItem::url).doesNotHaveDuplicates();
    }

    @Test
    void pagesAreWellFormedAddresses() {
        assertThat(catalogue.items()).allSatisfy(item -> {
            URI page = URI.create(item.url());
            assertThat(page.getScheme()).isEqualTo("https");
            assertThat(page.getHost()).isIn("aws.amazon.com", "docs.aws.amazon.com");
            assertThat(page.getPath()).doesNotContain("//").hasSizeGreaterThan(2);
        });
    }

    @Test
    void textsAreSentencesOfTheRightNumber() {
        assertThat(catalogue.items()).allSatisfy(item -> {
            assertThat(sentences(item.problem())).as("problem of %s", item.id()).isBetween(1L, 2L);
            assertThat(sentences(item.summary())).as("summary of %s", item.id()).isBetween(2L, 4L);
            assertThat(item.problem()).as("problem of %s", item.id()).containsPattern("[.?]$");
            assertThat(item.summary()).endsWith(".");
        });
    }

    @Test
    void everyDataFileIsListedInTheIndex() throws Exception {
        Path folder = Path.of(getClass().getResource("/catalog/index.json").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("index.json"))
                    .map(name -> name.replace(".json", "")).toList();
            assertThat(catalogue.categories()).extracting(Category::id).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static long sentences(String text) {
        return text.chars().filter(c -> c == '?' || c == '!').count() + text.split("\\.(?= |$)", -1).length - 1L;
    }
}
