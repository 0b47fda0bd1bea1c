package com.cloudnestle.marketplace.identity.internal.factor;

import static com.cloudnestle.marketplace.identity.internal.People.OTHER;
import static com.cloudnestle.marketplace.identity.internal.People.PASSWORD;
import static com.cloudnestle.marketplace.identity.internal.People.email;
import static com.cloudnestle.marketplace.identity.internal.People.from;
import static com.cloudnestle.marketplace.identity.internal.People.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.SecondFactors;
import com.cloudnestle.marketplace.identity.SecondFactors.Enrolment;
import com.cloudnestle.marketplace.identity.SignIn.Done;
import com.cloudnestle.marketplace.identity.SignIn.Factor;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.SignIn.SecondFactorNeeded;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SecondFactorsTest {

    private final People people = new People();
    private final SecondFactors factors = people.factors;
    private final Account ann = people.account("ann@example.com");
    private byte[] secret = {};
    private List<String> recovery = List.of();

    private void enrol() {
        secret = decoded(factors.begin(ann.id()).secret());
        recovery = factors.confirm(ann.id(), code(), from(1));
        people.clock.advance(Duration.ofSeconds(30)); // that code is used up
    }

    private String code() {
        return Totp.code(secret, Totp.step(people.clock.instant()));
    }

    private static byte[] decoded(String base32) {
        byte[] bytes = new byte[base32.length() * 5 / 8];
        long bits = 0;
        int count = 0;
        int next = 0;
        for (char letter : base32.toCharArray()) {
            bits = bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes[next++] = (byte) (bits >> count);
            }
        }
        return bytes;
    }

    private SecondFactorNeeded ticket() {
        return (SecondFactorNeeded) people.signIn.withPassword(email("ann@example.com"), PASSWORD, "", from(1));
    }

    @Test
    void holdsFromItsConfirmationOn() {
        Enrolment begun = factors.begin(ann.id());
        assertThat(begun.uri()).isEqualTo("otpauth://totp/CloudNestle%20Marketplace:ann%40example.com?secret=" + begun.secret()
                + "&issuer=CloudNestle%20Marketplace&algorithm=SHA1&digits=6&period=30");
        assertThat(people.signIn("ann@example.com", PASSWORD, from(1)).account().secondFactor()).isFalse();

        enrol();

        assertThat(recovery).hasSize(10).doesNotHaveDuplicates().allMatch(code -> code.matches("[0-9A-Z]{5}-[0-9A-Z]{5}"));
        SecondFactorNeeded needed = ticket();
        assertThat(needed.factors()).containsExactlyInAnyOrder(Factor.AUTHENTICATOR, Factor.RECOVERY_CODE);
        assertThat(needed.toString()).doesNotContain(needed.ticket());
        assertThat(people.signIn.ticketHolder(needed.ticket())).contains(ann.id());
        Done done = people.signIn.withCode(needed.ticket(), code(), from(1));
        assertThat(done.account().secondFactor()).isTrue();
        assertThat(done.session().session().method()).isEqualTo(Method.PASSWORD);
        assertThat(people.mailer.last(Kind.SECURITY_CHANGED).values()).containsEntry("what", "AUTHENTICATOR_ADDED");
        assertThat(people.audit.events()).contains("factor.authenticator-added");
    }

    @Test
    void wantsToBeBegunAndShownToWork() {
        refused(Problem.CONFLICT, () -> factors.confirm(ann.id(), "123456", from(1)));
        secret = decoded(factors.begin(ann.id()).secret());
        String wrong = code().equals("000000") ? "000001" : "000000";
        refused(Problem.INVALID_FIELD, () -> factors.confirm(ann.id(), wrong, from(1)));
        String first = code();
        factors.begin(ann.id());
        refused(Problem.INVALID_FIELD, () -> factors.confirm(ann.id(), first, from(1)));
        people.clock.advance(Duration.ofMinutes(30));
        refused(Problem.CONFLICT, () -> factors.confirm(ann.id(), code(), from(1)));
        assertThat(people.accounts.find(ann.id()).orElseThrow().secondFactor()).isFalse();
        refused(Problem.CUSTOMER_UNKNOWN, () -> factors.begin("cus_x"));
    }

    @Test
    void takesEachCodeOnce() {
        enrol();
        String code = code();
        people.signIn.withCode(ticket().ticket(), code, from(1));

        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn.withCode(ticket().ticket(), code, from(1)));
        people.clock.advance(Duration.ofSeconds(30));
        people.signIn.withCode(ticket().ticket(), code(), from(1));
    }

    @Test
    void takesEachCodeOnceAlsoWhenItComesTwiceAtOnce() {
        enrol();
        List<String> tickets = new ArrayList<>(List.of(ticket().ticket(), ticket().ticket()));
        String code = code();

        List<Boolean> in = Together.run(2, () -> {
            String mine;
            synchronized (tickets) {
                mine = tickets.remove(0);
            }
            try {
                people.signIn.withCode(mine, code, from(1));
                return true;
            } catch (MarketplaceException e) {
                return false;
            }
        });

        assertThat(in).containsOnlyOnce(true);
    }

    @Test
    void takesEachRecoveryCodeOnceHoweverItIsTyped() {
        enrol();
        String typed = recovery.get(3).toLowerCase(Locale.ROOT).replace("-", " ").replace('0', 'o');
        people.signIn.withCode(ticket().ticket(), typed, from(1));

        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn.withCode(ticket().ticket(), recovery.get(3), from(1)));
        people.signIn.withCode(ticket().ticket(), recovery.get(4), from(1));
        assertThat(factors.recoveryCodesLeft(ann.id())).isEqualTo(8);
        assertThat(people.mailer.last(Kind.SECURITY_CHANGED).values()).containsEntry("what", "RECOVERY_CODE_USED:8");
    }

    @Test
    void endsATicketAfterFiveTriesAndTenMinutes() {
        enrol();
        String ticket = ticket().ticket();
        for (int i = 0; i < 5; i++) {
            refused(Problem.SIGN_IN_REFUSED, () -> people.signIn.withCode(ticket, "none", from(1)));
        }
        refused(Problem.CODE_INVALID, () -> people.signIn.withCode(ticket, code(), from(1)));
        assertThat(people.signIn.ticketHolder(ticket)).isEmpty();

        String late = ticket().ticket();
        people.clock.advance(Duration.ofMinutes(10));
        refused(Problem.CODE_INVALID, () -> people.signIn.withCode(late, code(), from(1)));
        refused(Problem.CODE_INVALID, () -> people.signIn.withCode("x".repeat(43), code(), from(1)));
    }

    /** Who knows the password can get ticket after ticket; the codes tried for an account are limited all the same. */
    @Test
    void stopsGuessingOverManyTickets() {
        enrol();
        int tries = 0;
        Problem last = Problem.SIGN_IN_REFUSED;
        while (last != Problem.TOO_MANY_REQUESTS && tries < 50) {
            String ticket = ticket().ticket();
            for (int i = 0; i < 5 && last != Problem.TOO_MANY_REQUESTS; i++) {
                try {
                    people.signIn.withCode(ticket, "none", from(tries));
                } catch (MarketplaceException e) {
                    last = e.problem();
                    tries += last == Problem.SIGN_IN_REFUSED ? 1 : 0;
                }
            }
        }
        assertThat(tries).isEqualTo(20);
    }

    @Test
    void usesATicketOnceAndNotAfterThePasswordChanged() {
        enrol();
        String ticket = ticket().ticket();
        people.signIn.withCode(ticket, recovery.get(0), from(1));
        refused(Problem.CODE_INVALID, () -> people.signIn.withCode(ticket, recovery.get(1), from(1)));

        String other = ticket().ticket();
        people.accounts.changePassword(ann.id(), PASSWORD, OTHER, "", from(1));
        refused(Problem.CODE_INVALID, () -> people.signIn.withCode(other, recovery.get(1), from(1)));
    }

    @Test
    void isNotEvenAskedForOfTheSuspended() {
        enrol();
        String ticket = ticket().ticket();
        people.accounts.setSuspended(ann.id(), true, "test");

        refused(Problem.SIGN_IN_REFUSED, this::ticket);
        refused(Problem.CODE_INVALID, () -> people.signIn.withCode(ticket, code(), from(1)));
    }

    @Test
    void isWantedAfterAWeakProofOfAnotherBundleToo() {
        enrol();

        assertThat(people.signIn.vouched(ann.id(), Method.PROVIDER, false, from(1))).isInstanceOf(SecondFactorNeeded.class);
        assertThat(people.signIn.vouched(ann.id(), Method.PASSKEY, true, from(1))).isInstanceOf(Done.class);
    }

    @Test
    void remembersTheBrowserOverBothSteps() {
        enrol();
        String device = people.signIn.withCode(ticket().ticket(), code(), from(1)).session().deviceSecret();
        people.clock.advance(Duration.ofSeconds(30));
        people.mailer.clear();

        SecondFactorNeeded needed = (SecondFactorNeeded)
                people.signIn.withPassword(email("ann@example.com"), PASSWORD, device, from(1));
        people.signIn.withCode(needed.ticket(), code(), from(1));

        assertThat(people.mailer.kinds()).isEmpty();
    }

    @Test
    void renewsRecoveryCodes() {
        refused(Problem.CONFLICT, () -> factors.renewRecoveryCodes(ann.id(), from(1)));
        enrol();

        List<String> renewed = factors.renewRecoveryCodes(ann.id(), from(1));

        assertThat(renewed).hasSize(10).doesNotContainAnyElementsOf(recovery);
        refused(Problem.SIGN_IN_REFUSED, () -> people.signIn.withCode(ticket().ticket(), recovery.get(0), from(1)));
        people.signIn.withCode(ticket().ticket(), renewed.get(0), from(1));
    }

    @Test
    void goesWhenRemoved() {
        enrol();

        factors.remove(ann.id(), from(1));
        factors.remove(ann.id(), from(1));

        assertThat(people.signIn("ann@example.com", PASSWORD, from(1)).account().secondFactor()).isFalse();
        assertThat(factors.recoveryCodesLeft(ann.id())).isZero();
        assertThat(people.audit.events()).containsOnlyOnce("factor.authenticator-removed");
        assertThat(people.mailer.last(Kind.SECURITY_CHANGED).values()).containsEntry("what", "AUTHENTICATOR_REMOVED");
    }

    @Test
    void keepsNothingReadableAndIsErased() {
        enrol();
        String users = people.store.dump(Table.USERS);
        assertThat(users).contains("authenticator").doesNotContain(Totp.base32(secret), recovery.get(0), recovery.get(0).replace("-", ""));
        assertThat(people.accounts.export(ann.id())).contains("\"second_factors\":{\"authenticator\":true,\"recovery_codes_left\":10}");

        people.accounts.delete(ann.id(), ann.id());

        assertThat(people.store.dump(Table.USERS)).doesNotContain("authenticator");
    }

    @Test
    void opensNothingSealedForAnotherAccount() {
        SealedSecret sealed = new SealedSecret(new FixedSecrets());
        byte[] box = sealed.seal("cus_a", new byte[] {1, 2, 3});

        assertThat(sealed.open("cus_a", box)).containsExactly(1, 2, 3);
        assertThatIllegalStateException().isThrownBy(() -> sealed.open("cus_b", box));
    }
}
