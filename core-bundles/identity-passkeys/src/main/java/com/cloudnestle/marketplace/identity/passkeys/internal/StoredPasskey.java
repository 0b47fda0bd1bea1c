package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.identity.Passkeys.Passkey;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A passkey as the store has it.
 *
 * @param id {@code psk_…}
 * @param credential what the authenticator made, with the public key
 * @param counter what the authenticator said last, 0 if it does not count
 */
record StoredPasskey(
        String id,
        String accountId,
        String name,
        Credential credential,
        long counter,
        Instant createdAt,
        Optional<Instant> usedAt) {

    /**
     * @param id by which the authenticator knows it, at most 1023 bytes
     * @param attested AAGUID, id and public key, as the authenticator encodes them
     * @param backupEligible whether it can be copied to the person's other devices; never changes
     * @param transports how browsers reach the authenticator
     */
    record Credential(byte[] id, byte[] attested, boolean backupEligible, List<String> transports) {}

    static final String COUNTER = "counter";
    static final String NAME = "name";
    static final String USED = "usedAt";

    private static final String ID = "passkeyId";
    private static final String ACCOUNT = "accountId";
    private static final String CREDENTIAL = "credentialId";
    private static final String ATTESTED = "attested";
    private static final String BACKUP_ELIGIBLE = "backupEligible";
    private static final String TRANSPORTS = "transports";
    private static final String CREATED = "createdAt";

    static StoredPasskey of(Item item) {
        Credential credential = new Credential(
                item.bytes(CREDENTIAL).orElseThrow(),
                item.bytes(ATTESTED).orElseThrow(),
                item.number(BACKUP_ELIGIBLE, 0) == 1,
                item.string(TRANSPORTS).filter(all -> !all.isEmpty()).map(all -> Arrays.asList(all.split(","))).orElse(List.of()));
        return new StoredPasskey(
                item.string(ID).orElseThrow(),
                item.string(ACCOUNT).orElseThrow(),
                item.string(NAME).orElseThrow(),
                credential,
                item.number(COUNTER, 0),
                Instant.parse(item.string(CREATED).orElseThrow()),
                item.string(USED).map(Instant::parse));
    }

    Item item(Key key) {
        Map<String, Object> attributes = new HashMap<>(Map.of(
                ID, id,
                ACCOUNT, accountId,
                NAME, name,
                CREDENTIAL, credential.id(),
                ATTESTED, credential.attested(),
                BACKUP_ELIGIBLE, credential.backupEligible() ? 1L : 0L,
                TRANSPORTS, String.join(",", credential.transports()),
                COUNTER, counter,
                CREATED, createdAt.toString()));
        usedAt.ifPresent(at -> attributes.put(USED, at.toString()));
        return new Item(key, attributes);
    }

    Passkey shown() {
        return new Passkey(id, name, createdAt, usedAt);
    }
}
