package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogReader;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Suggestions.Suggestion;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

    private final Suggestions suggestions = new Suggestions(CatalogReader.shipped());

    @Test
    void completesNamesWithOrWithoutTheBrand() {
        assertThat(suggestions.completing("dyna")).first().isEqualTo(new Suggestion("Amazon DynamoDB", "service"));
        assertThat(suggestions.completing("amazon dyna")).first().isEqualTo(new Suggestion("Amazon DynamoDB", "service"));
    }

    @Test
    void completesKeywords() {
        assertThat(suggestions.completing("chat with doc")).contains(new Suggestion("chat with documents", "topic"));
    }

    @Test
    void completesInnerWords() {
        assertThat(suggestions.completing("glac")).extracting(Suggestion::text).contains("Amazon S3 Glacier storage classes");
    }

    @Test
    void givesAtMostEight() {
        assertThat(suggestions.completing("a")).hasSize(8);
    }

    @Test
    void punctuationAndNonsenseCompleteToNothing() {
        assertThat(suggestions.completing("***")).isEmpty();
        assertThat(suggestions.completing("zzqq")).isEmpty();
    }
}
