package com.cloudnestle.marketplace.solutions.wordcount;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.solution.Metered;
import com.cloudnestle.marketplace.solution.Solution;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Counts words by Unicode word boundaries (UAX #29), so it also works for text without spaces. */
@Component
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class WordCount implements Solution {

    @Override
    public SolutionDescriptor descriptor() {
        return SolutionDescriptor.of("word-count", "Word count", "Counts the words of a text, in any language.", "count");
    }

    public record Text(@Nullable String text) {}

    @POST
    @Path("count")
    @Metered("count")
    public Map<String, Long> count(@Nullable Text body) {
        if (body == null || body.text() == null) {
            throw MarketplaceException.invalid("text", "is missing");
        }
        return Map.of("words", words(body.text()));
    }

    static long words(String text) {
        BreakIterator boundaries = BreakIterator.getWordInstance(Locale.ROOT);
        boundaries.setText(text);
        long words = 0;
        int start = boundaries.first();
        for (int end = boundaries.next(); end != BreakIterator.DONE; start = end, end = boundaries.next()) {
            words += text.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit) ? 1 : 0;
        }
        return words;
    }
}
