package com.cloudnestle.marketplace.identity.passkeys.internal;

import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.CLIENT;
import static com.cloudnestle.marketplace.identity.passkeys.internal.Marketplace.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Passkeys.Ceremony;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent in place of a credential is a refusal, never a failure of ours. */
class HostileInputTest {

    private static final int ROUNDS = 600;
    private static final Set<Problem> EXPECTED = EnumSet.of(Problem.INVALID_FIELD, Problem.SIGN_IN_REFUSED);

    private final Marketplace market = new Marketplace();
    private final Account asha = market.accounts.add("asha@example.com", true);
    private final SoftAuthenticator laptop = new SoftAuthenticator(ORIGIN);

    private void register(String credential) {
        Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
        market.passkeys.register(asha.id(), ceremony.ticket(), credential, "Laptop", CLIENT);
    }

    private void signIn(String credential) {
        market.passkeys.signIn(market.passkeys.beginSignIn(Optional.empty()).ticket(), credential, CLIENT);
    }

    private static void expectRefusal(String what, Runnable call) {
        try {
            call.run();
        } catch (MarketplaceException e) {
            assertThat(EXPECTED).as(what).contains(e.problem());
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
        throw new AssertionError("accepted: " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "0", "[]", "\"\"", "{}", "{\"response\":null}", "{\"id\":5}", "{\"rawId\":\"*\"}", "[[[[",
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{},\"clientExtensionResults\":{}}",
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\"}",
            "{\"id\":\"\",\"rawId\":\"\",\"type\":\"\",\"response\":{\"clientDataJSON\":\"\",\"attestationObject\":\"\","
                    + "\"authenticatorData\":\"\",\"signature\":\"\"}}"})
    void whatIsNoCredentialIsRefused(String text) {
        expectRefusal("registration of " + text, () -> register(text));
        expectRefusal("sign-in with " + text, () -> signIn(text));
    }

    @Test
    void whatIsTooLongIsNotEvenRead() {
        String text = "[".repeat(1_000_000);

        expectRefusal("registration", () -> register(text));
        expectRefusal("sign-in", () -> signIn(text));
    }

    @Test
    void deeplyNestedCborIsRefused() {
        ObjectNode made = (ObjectNode) SoftAuthenticator.read(laptop.create(market.passkeys.beginRegistration(asha.id()).options()));
        byte[] nested = new byte[20_000];
        Arrays.fill(nested, (byte) 0x81);
        ((ObjectNode) made.get("response")).put("attestationObject", SoftAuthenticator.encode(nested));

        expectRefusal("nested", () -> register(made.toString()));
    }

    /** Damaged text, and well-formed text with damaged bytes inside. The numbers are seeds, so that a failure can be had again. */
    @Test
    void damagedRegistrationsAreRefused() {
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Ceremony ceremony = market.passkeys.beginRegistration(asha.id());
            String made = new SoftAuthenticator(ORIGIN).create(ceremony.options());
            String damaged = damaged(random, made, List.of("clientDataJSON", "attestationObject"));
            try {
                market.passkeys.register(asha.id(), ceremony.ticket(), damaged, "Laptop", CLIENT);
                market.data.erase(asha.id(), "system"); // damage that changes nothing that is signed or asked for
            } catch (MarketplaceException e) {
                assertThat(EXPECTED).as("seed " + seed).contains(e.problem());
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void damagedProofsAreRefused() {
        market.register(asha, laptop);
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Ceremony ceremony = market.passkeys.beginSignIn(Optional.empty());
            String made = laptop.get(ceremony.options());
            String part = List.of("clientDataJSON", "authenticatorData", "signature", "userHandle").get(random.nextInt(4));
            String damaged = damagedBytes(random, made, part);
            expectRefusal("seed " + seed + " " + part,
                    () -> market.passkeys.signIn(ceremony.ticket(), damaged, CLIENT));
        }
        assertThat(market.sessions.ofAccount(asha.id())).isEmpty();
    }

    private static String damaged(Random random, String json, List<String> parts) {
        if (random.nextInt(3) == 0) {
            StringBuilder text = new StringBuilder(json);
            text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
            return text.toString();
        }
        return damagedBytes(random, json, parts.get(random.nextInt(parts.size())));
    }

    private static String damagedBytes(Random random, String json, String part) {
        ObjectNode made = (ObjectNode) SoftAuthenticator.read(json);
        ObjectNode response = (ObjectNode) made.get("response");
        byte[] bytes = SoftAuthenticator.decode(response.get(part).asText());
        if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length)); // cut short
        } else {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        }
        response.put(part, SoftAuthenticator.encode(bytes));
        return made.toString();
    }
}
