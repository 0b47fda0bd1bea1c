package com.cloudnestle.marketplace.solutions.awsfinder.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.embedding.EmbeddingModel;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.rest.SearchReply;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.rest.SearchRequest;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.rest.SearchResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwsSolutionFinderTest {

    private final AwsSolutionFinder solution = new AwsSolutionFinder();

    @AfterEach
    void close() {
        solution.close();
    }

    @Test
    void describesItself() {
        assertThat(solution.descriptor().id()).isEqualTo("aws-solution-finder");
        assertThat(solution.descriptor().aliases()).containsExactly("faiss");
        assertThat(solution.descriptor().meters()).singleElement().satisfies(meter -> assertThat(meter.action()).isEqualTo("search"));
        assertThat(solution.descriptor().tierProfile()).isEqualTo("daily");
        assertThat(getClass().getResource("/web/" + solution.descriptor().startPath() + ".html")).isNotNull();
    }

    @Test
    void tellsOperatorsWhatItHolds() {
        assertThat(solution.health().ok()).isTrue();
        assertThat(solution.health().message()).contains("entries indexed").contains("lsa-");
    }

    @Test
    void anOfferedModelIsUsedAndGivenUpAgain() {
        Eccentric model = new Eccentric(false);
        solution.bindModel(model);
        assertThat(solution.health().message()).contains("eccentric");
        assertThat(search("gemstone").results()).first().extracting(SearchReply.Result::id).isEqualTo("managed-blockchain");
        solution.unbindModel(model);
        assertThat(solution.health().message()).contains("lsa-");
        assertThat(search("kubernetes").results()).first().extracting(SearchReply.Result::id).isEqualTo("eks");
    }

    @Test
    void aModelThatFailsAtOnceChangesNothing() {
        Eccentric broken = new Eccentric(true);
        solution.bindModel(broken);
        assertThat(solution.health().message()).contains("lsa-");
        solution.unbindModel(broken);
        assertThat(search("kubernetes").results()).isNotEmpty();
    }

    private SearchReply search(String text) {
        return ((SearchResource) solution.resources().get(0)).search(new SearchRequest(text, null, null));
    }

    /** Knows one thing only: that "gemstone" and "Ethereum" mean the same. */
    private record Eccentric(boolean broken) implements EmbeddingModel {
        @Override
        public String name() {
            return "eccentric";
        }

        @Override
        public int dimensions() {
            return 16;
        }

        @Override
        public float[] embed(String text) {
            if (broken) {
                throw new IllegalStateException("not available");
            }
            float[] vector = new float[dimensions()];
            boolean known = text.contains("Ethereum") || text.equals("gemstone");
            vector[known ? 0 : 1 + Math.floorMod(text.hashCode(), dimensions() - 1)] = 1;
            return vector;
        }
    }
}
