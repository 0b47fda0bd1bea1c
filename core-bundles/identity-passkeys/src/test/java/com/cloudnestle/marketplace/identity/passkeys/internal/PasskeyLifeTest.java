package com.cloudnestle.marketplace.identity.passkeys.internal;

import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.CLIENT;
import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.ORIGIN;
import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Passkeys.Passkey;
import com.cloudnestle.marketplace.notification.Mail;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyLifeTest {

    private final Marketplace market = new Marketplace();
    private final Account asha = market.accounts.add("asha@example.com", true);
    private final Account ben = market.accounts.add("ben@example.com", false);
    private final SoftAuthenticator laptop = new SoftAuthenticator(ORIGIN);
    private final SoftAuthenticator phone = new SoftAuthenticator(ORIGIN);

    @Test
    void theOldestComesFirst() {
        Passkey first = market.register(asha, laptop);
        market.clock.advance(Duration.ofHours(1));
        Passkey second = market.register(asha, phone);

        assertThat(market.passkeys.ofAccount(asha.id())).containsExactly(first, second);
        assertThat(market.passkeys.ofAccount(ben.id())).isEmpty();
        assertThat(market.passkeys.ofAccount("cus_nobody")).isEmpty();
    }

    @Test
    void canBeRenamed() {
        Passkey made = market.register(asha, laptop);

        market.passkeys.rename(asha.id(), made.id(), "  Work laptop ");

        assertThat(market.passkeys.ofAccount(asha.id()).get(0).name()).isEqualTo("Work laptop");
        assertThat(market.signIn(laptop).account()).isEqualTo(asha);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\tb"})
    void aNameMustBeOne(String name) {
        Passkey made = market.register(asha, laptop);

        refused(Problem.INVALID_FIELD, () -> market.passkeys.rename(asha.id(), made.id(), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "psk_00000000000000000000000000000000", "../profile", "psk_"})
    void oneThatIsNotThereIsNotFound(String id) {
        refused(Problem.NOT_FOUND, () -> market.passkeys.rename(asha.id(), id, "Mine"));
        refused(Problem.NOT_FOUND, () -> market.passkeys.remove(asha.id(), id, CLIENT));
    }

    @Test
    void thatOfAnotherIsNotFound() {
        Passkey made = market.register(asha, laptop);

        refused(Problem.NOT_FOUND, () -> market.passkeys.rename(ben.id(), made.id(), "Mine"));
        refused(Problem.NOT_FOUND, () -> market.passkeys.remove(ben.id(), made.id(), CLIENT));
        assertThat(market.passkeys.ofAccount(asha.id())).containsExactly(made);
    }

    @Test
    void removalIsRecordedAndTold() {
        Passkey made = market.register(asha, laptop);
        market.mailer.clear();

        market.passkeys.remove(asha.id(), made.id(), CLIENT);

        assertThat(market.passkeys.ofAccount(asha.id())).isEmpty();
        assertThat(market.audit.events()).containsExactly("passkey.added", "passkey.removed");
        assertThat(market.mailer.last(Mail.Kind.SECURITY_CHANGED).values())
                .containsEntry("what", "PASSKEY_REMOVED:Laptop");
        refused(Problem.NOT_FOUND, () -> market.passkeys.remove(asha.id(), made.id(), CLIENT));
    }

    @Test
    void anAuthenticatorCanBeRegisteredAgainAfterItsRemoval() {
        market.passkeys.remove(asha.id(), market.register(asha, laptop).id(), CLIENT);
        var ceremony = market.passkeys.beginRegistration(asha.id());

        market.passkeys.register(asha.id(), ceremony.ticket(), laptop.createAgain(ceremony.options()), "Again", CLIENT);

        assertThat(market.signIn(laptop).account()).isEqualTo(asha);
    }

    @Test
    void theLastWayToSignInStays() {
        Passkey first = market.register(ben, laptop);
        Passkey second = market.register(ben, phone);
        market.passkeys.remove(ben.id(), first.id(), CLIENT);

        refused(Problem.CONFLICT, () -> market.passkeys.remove(ben.id(), second.id(), CLIENT));

        assertThat(market.signIn(phone).account()).isEqualTo(ben);
    }

    @Test
    void theLastPasskeyGoesWhereAProviderIsLinked() {
        market.linked.add(ben.id());
        Passkey only = market.register(ben, laptop);

        market.passkeys.remove(ben.id(), only.id(), CLIENT);

        assertThat(market.passkeys.ofAccount(ben.id())).isEmpty();
    }

    @Test
    void twoRemovalsAtTheSameMomentLeaveOne() {
        Passkey first = market.register(ben, laptop);
        Passkey second = market.register(ben, phone);
        market.store.beforeNextWrite(() -> market.passkeys.remove(ben.id(), second.id(), CLIENT));

        refused(Problem.CONFLICT, () -> market.passkeys.remove(ben.id(), first.id(), CLIENT));

        assertThat(market.passkeys.ofAccount(ben.id())).containsExactly(first);
        assertThat(market.signIn(laptop).account()).isEqualTo(ben);
    }

    @Test
    void aRemovalThatWasFasterIsNotFoundAndNotCountedTwice() {
        Passkey first = market.register(ben, laptop);
        market.register(ben, phone);
        market.register(ben, new SoftAuthenticator(ORIGIN));
        market.store.beforeNextWrite(() -> market.passkeys.remove(ben.id(), first.id(), CLIENT));

        refused(Problem.NOT_FOUND, () -> market.passkeys.remove(ben.id(), first.id(), CLIENT));

        Passkey second = market.passkeys.ofAccount(ben.id()).get(0);
        market.passkeys.remove(ben.id(), second.id(), CLIENT);
        assertThat(market.passkeys.ofAccount(ben.id())).hasSize(1);
    }

    @Test
    void anExportTellsWhatThereIsButNoKeys() {
        Passkey made = market.register(asha, laptop);
        market.signIn(laptop);

        JsonNode exported = SoftAuthenticator.read(market.data.export(asha.id()));

        assertThat(market.data.name()).isEqualTo("passkeys");
        assertThat(exported).hasSize(1);
        assertThat(exported.get(0).fieldNames()).toIterable().containsExactly("id", "name", "created_at", "used_at");
        assertThat(exported.at("/0/id").asText()).isEqualTo(made.id());
        assertThat(exported.at("/0/used_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(market.data.export("cus_nobody")).isEqualTo("[]");
    }

    @Test
    void erasureLeavesNothing() {
        market.register(asha, laptop);
        market.register(asha, phone);
        market.register(ben, new SoftAuthenticator(ORIGIN));
        byte[] handle = market.items.handle(asha.id());

        market.data.erase(asha.id(), asha.id());
        market.data.erase(asha.id(), asha.id());

        assertThat(market.passkeys.ofAccount(asha.id())).isEmpty();
        assertThat(market.items.byCredential(laptop.credentialId())).isEmpty();
        assertThat(market.items.presentHandle(asha.id())).isEmpty();
        refused(Problem.SIGN_IN_REFUSED, () -> market.signIn(laptop));
        assertThat(market.passkeys.ofAccount(ben.id())).hasSize(1);
        assertThat(market.items.handle(asha.id())).isNotEqualTo(handle);
    }
}
