package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a page of an index or of a scan ended, as the text that the caller hands back. */
record Place(String sort, Key key) {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    String text() {
        return Stream.of(sort, key.pk(), key.sk())
                .map(part -> ENCODER.encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
    }

    /** @throws IllegalArgumentException if the text is none of ours */
    static Place parse(Table table, String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            parts.add(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        }
        if (parts.size() != 3) {
            throw new IllegalArgumentException("the cursor is none of this store");
        }
        return new Place(parts.get(0), new Key(table, parts.get(1), parts.get(2)));
    }
}
