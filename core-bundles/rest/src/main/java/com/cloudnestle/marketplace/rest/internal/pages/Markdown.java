package com.cloudnestle.marketplace.rest.internal.pages;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Renders the part of Markdown our own pages are written in: headings of two levels, paragraphs, lists, fenced code and
 * inline code. Everything is escaped first, so no source can bring markup of its own.
 */
final class Markdown {

    private static final Pattern INLINE_CODE = Pattern.compile("`([^`]+)`");

    private enum Block { NONE, PARAGRAPH, LIST, CODE }

    private final StringBuilder out = new StringBuilder();
    private Block open = Block.NONE;

    private Markdown() {}

    static String toHtml(String source) {
        Markdown markdown = new Markdown();
        List<String> lines = source.lines().toList();
        lines.forEach(markdown::line);
        markdown.open(Block.NONE);
        return markdown.out.toString();
    }

    private void line(String line) {
        if (line.startsWith("```")) {
            open(open == Block.CODE ? Block.NONE : Block.CODE);
        } else if (open == Block.CODE) {
            out.append(Html.escape(line)).append('\n');
        } else if (line.startsWith("## ")) {
            heading("h2", line.substring(3));
        } else if (line.startsWith("# ")) {
            heading("h1", line.substring(2));
        } else if (line.startsWith("- ")) {
            open(Block.LIST);
            out.append("<li>").append(inline(line.substring(2))).append("</li>\n");
        } else if (line.isBlank()) {
            open(Block.NONE);
        } else {
            open(Block.PARAGRAPH);
            out.append(inline(line)).append('\n');
        }
    }

    private void heading(String tag, String text) {
        open(Block.NONE);
        out.append('<').append(tag).append('>').append(inline(text)).append("</").append(tag).append(">\n");
    }

    /** Ends the block that is open, unless it is of this kind, and begins it. */
    private void open(Block next) {
        if (next == open) {
            return;
        }
        out.append(switch (open) {
            case NONE -> "";
            case PARAGRAPH -> "</p>\n";
            case LIST -> "</ul>\n";
            case CODE -> "</code></pre>\n";
        });
        open = next;
        out.append(switch (next) {
            case NONE -> "";
            case PARAGRAPH -> "<p>";
            case LIST -> "<ul>\n";
            case CODE -> "<pre tabindex=\"0\"><code>";
        });
    }

    private static String inline(String text) {
        return INLINE_CODE.matcher(Html.escape(text)).replaceAll("<code>$1</code>");
    }
}
