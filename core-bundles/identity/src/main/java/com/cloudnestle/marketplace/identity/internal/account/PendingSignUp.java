package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.Visit;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.TypedCode;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sign-up that waits for its mail, under the hash of the secret of the browser that asked.
 *
 * @param id hash of the secret
 * @param password PHC string
 * @param typedHash hash of the code to type, bound to the sign-up
 * @param linkHash hash of the code in the link
 */
record PendingSignUp(
        String id,
        EmailAddress email,
        String name,
        String language,
        String password,
        Optional<Visit> visit,
        String typedHash,
        String linkHash,
        Instant expiresAt) {

    static final String TRIES = "tries";
    static final String RESENT = "resent";
    static final String TYPED = "typedHash";
    static final String LINK = "linkHash";
    private static final String SORT = "pending";

    static Key key(String id) {
        return new Key(Table.SESSIONS, "signup#" + id, SORT);
    }

    static Key linkKey(String linkHash) {
        return new Key(Table.SESSIONS, "signup-link#" + linkHash, "link");
    }

    /** Eight characters can be tried out by who has the store; bound to the sign-up, at least one by one. */
    static String typedHash(String id, String typed) {
        return Sha256.hex(id + "|" + TypedCode.normalised(typed));
    }

    Key key() {
        return key(id);
    }

    Item item() {
        Map<String, Object> attributes = new HashMap<>(Map.of("email", email.value(), "name", name, "language", language,
                "password", password, TYPED, typedHash, LINK, linkHash, TRIES, 0L, RESENT, 0L,
                Item.TTL, expiresAt.getEpochSecond()));
        visit.ifPresent(why -> {
            attributes.put("solutionId", why.solutionId());
            attributes.put("returnUrl", why.returnUrl());
            why.codeChallenge().ifPresent(challenge -> attributes.put("codeChallenge", challenge));
        });
        return new Item(key(), attributes);
    }

    /** What leads from the link to the sign-up. */
    static Item link(String id, String linkHash, Instant expiresAt) {
        return new Item(linkKey(linkHash), Map.of("signUp", id, Item.TTL, expiresAt.getEpochSecond()));
    }

    static PendingSignUp of(Item item) {
        Optional<Visit> visit = item.string("solutionId").map(solution ->
                new Visit(solution, Stored.text(item, "returnUrl"), item.string("codeChallenge")));
        return new PendingSignUp(item.key().pk().substring("signup#".length()),
                new EmailAddress(Stored.text(item, "email")), Stored.text(item, "name"), Stored.text(item, "language"),
                Stored.text(item, "password"), visit, Stored.text(item, TYPED), Stored.text(item, LINK),
                Instant.ofEpochSecond(item.number(Item.TTL, 0)));
    }

    boolean hasCode(String code) {
        return Sha256.same(typedHash, typedHash(id, code)) | Sha256.same(linkHash, Sha256.hex(code));
    }

    @Override
    public String toString() {
        return "PendingSignUp[]";
    }
}
