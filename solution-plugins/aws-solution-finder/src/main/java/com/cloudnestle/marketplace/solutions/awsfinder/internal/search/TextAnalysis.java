package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.jspecify.annotations.Nullable;

/** Cuts English text into words, the same way for the catalogue and for queries. Thread-safe; close it when done. */
final class TextAnalysis implements AutoCloseable {

    /** A word of a text. @param added not written there, but means the same as something that is */
    record Word(String stem, Span span, boolean added) {}

    /** What people write around the thing they look for. */
    private static final Set<String> FILLERS = Set.of(
            "we", "our", "us", "i", "my", "me", "you", "your", "want", "wants", "need", "needs", "would", "like", "should", "could",
            "can", "do", "does", "how", "what", "which", "way", "when", "where", "who", "have", "has", "must", "may", "am", "from",
            "so", "than", "them", "get", "please", "looking", "best", "help", "its", "too", "also", "any", "some", "using", "use",
            "amazon", "aws", "without", "all", "more");

    private static final CharArraySet STOP_WORDS = stopWords();

    private final Analyzer stemmed = analyzer(true, null);
    private final Analyzer plain = analyzer(false, null);
    private final Analyzer expanded;

    TextAnalysis(SynonymMap synonyms) {
        this.expanded = analyzer(true, synonyms);
    }

    /** For indexing. */
    Analyzer stemmed() {
        return stemmed;
    }

    /** Words in their base form, fillers left out. */
    List<String> stems(String text) {
        return words(stemmed, text).stream().map(Word::stem).toList();
    }

    /** Words as written, lower case, accents removed, fillers left out. */
    List<String> plainWords(String text) {
        return words(plain, text).stream().map(Word::stem).toList();
    }

    /** Words in their base form with their places. */
    List<Word> located(String text) {
        return words(stemmed, text);
    }

    /** Words of a query in their base form, and what means the same. */
    List<Word> queryWords(String text) {
        return words(expanded, text);
    }

    @Override
    public void close() {
        stemmed.close();
        plain.close();
        expanded.close();
    }

    private static List<Word> words(Analyzer analyzer, String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("text", separated(text))) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            TypeAttribute type = tokens.addAttribute(TypeAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(new Word(term.toString(), new Span(offset.startOffset(), offset.endOffset()),
                        SynonymGraphFilter.TYPE_SYNONYM.equals(type.type())));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /** The tokenizer takes "a:b" and "a_b" for one word. Same length, so that places stay true. */
    private static String separated(String text) {
        return text.replace(':', ' ').replace('_', ' ');
    }

    private static Analyzer analyzer(boolean stem, @Nullable SynonymMap synonyms) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer source = new StandardTokenizer();
                TokenStream tokens = new ASCIIFoldingFilter(new LowerCaseFilter(new EnglishPossessiveFilter(source)));
                if (synonyms != null) {
                    tokens = new SynonymGraphFilter(tokens, synonyms, true);
                }
                tokens = new StopFilter(tokens, STOP_WORDS);
                return new TokenStreamComponents(source, stem ? new PorterStemFilter(tokens) : new Unchanged(tokens));
            }
        };
    }

    private static CharArraySet stopWords() {
        CharArraySet words = new CharArraySet(FILLERS, true);
        words.addAll(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
        return CharArraySet.unmodifiableSet(words);
    }

    private static final class Unchanged extends TokenFilter {
        Unchanged(TokenStream input) {
            super(input);
        }

        @Override
        public boolean incrementToken() throws IOException {
            return input.incrementToken();
        }
    }
}
