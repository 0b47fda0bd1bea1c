package com.cloudnestle.marketplace.identity.internal.news;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.TierListener.Raise;
import com.cloudnestle.marketplace.identity.internal.People;
import com.cloudnestle.marketplace.identity.internal.account.Links;
import com.cloudnestle.marketplace.identity.internal.account.PersonMails;
import com.cloudnestle.marketplace.notification.Mail.Kind;
import com.cloudnestle.marketplace.quota.QuotaListener.Warning;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.RecordingMailer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewsMailsTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-03-02T00:00:00Z");

    private final People people = new People();
    private final InMemoryCatalog catalog = InMemoryCatalog.of(SolutionDescriptor.of("finder", "Finder <b>", "Finds.", "search"));
    private final String ann = people.account("ann@example.com").id();
    private final QuotaMails mails = mails(true);
    private final UpgradeMails upgrades = new UpgradeMails(people.items, catalog, people.mails);

    private QuotaMails mails(boolean wanted) {
        return new QuotaMails(people.store, people.items, catalog, people.mails, people.clock, wanted);
    }

    private Warning warning(String customer, Instant start, Optional<Instant> end, long limit) {
        return new Warning(customer, "finder", "search", "registered", start, new WindowState("day", limit, limit * 8 / 10, end));
    }

    private long warnings() {
        return people.mailer.kinds().stream().filter(Kind.QUOTA_WARNING::equals).count();
    }

    @Test
    void aWarningSaysWhatIsUsedAndWhenItStartsAgain() {
        mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10));

        assertThat(people.mailer.last(Kind.QUOTA_WARNING).values()).isEqualTo(Map.of("solution", "Finder <b>", "used", "8",
                "limit", "10", "resets", "2026-03-02 00:00 UTC",
                "upgrade_link", "https://market.example.com/upgrade?solution_id=finder"));
        assertThat(people.mailer.last(Kind.QUOTA_WARNING).to().value()).isEqualTo("ann@example.com");
    }

    @Test
    void thereIsOneWarningForEachWindowAndLimit() {
        mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10));
        mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10));
        mails(true).nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10)); // another node
        assertThat(warnings()).isEqualTo(1);

        mails.nearlyUsedUp(warning(ann, NEXT, Optional.of(NEXT.plus(Duration.ofDays(1))), 10));
        assertThat(warnings()).isEqualTo(2);
        mails.nearlyUsedUp(warning(ann, NEXT, Optional.of(NEXT.plus(Duration.ofDays(1))), 100));
        assertThat(warnings()).isEqualTo(3);
    }

    @Test
    void aWarningOfUnitsForLifeIsNotRepeatedAfterYears() {
        mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.empty(), 10));
        people.clock.advance(Duration.ofDays(2_000));

        RecordingMailer forgetful = new RecordingMailer(); // keys of mails are not remembered for ever
        PersonMails again = new PersonMails(forgetful, new Links("https://market.example.com", "8181"), people.clock);
        new QuotaMails(people.store, people.items, catalog, again, people.clock, true)
                .nearlyUsedUp(warning(ann, MIDNIGHT, Optional.empty(), 10));

        assertThat(forgetful.kinds()).isEmpty();
    }

    @Test
    void aWarningIsNeitherLostNorDoubledByACrash() {
        people.store.writesLeft.set(0); // the mark cannot be written, the mail was accepted before
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10)));
        people.store.writesLeft.set(Integer.MAX_VALUE);

        mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10));

        assertThat(warnings()).isEqualTo(1);
    }

    @Test
    void nobodyIsWarnedWithoutAnAccountWhileSuspendedOrWhereItIsSwitchedOff() {
        String bob = people.customers.findOrCreate(People.email("bob@example.com")).id();
        mails.nearlyUsedUp(warning(bob, MIDNIGHT, Optional.of(NEXT), 10));
        mails(false).nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10));
        people.accounts.setSuspended(ann, true, "test");
        mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.of(NEXT), 10));

        assertThat(warnings()).isZero();
    }

    @Test
    void marksOfWarningsAreExportedAndGoWithThePerson() {
        people.parts.add(mails);
        mails.nearlyUsedUp(warning(ann, MIDNIGHT, Optional.empty(), 10));

        assertThat(people.accounts.export(ann)).contains("\"quota_warnings\":[{\"at\":\"2026-03-01T12:00:00Z\","
                + "\"solution_id\":\"finder\",\"action\":\"search\",\"window\":\"day\"}]");
        people.accounts.delete(ann, ann);
        assertThat(people.store.dump(Table.USERS)).doesNotContain("warned#");
    }

    @Test
    void aRaiseIsConfirmedOncePerChange() {
        Raise raise = new Raise("ent_1.2", ann, "finder", Optional.of("registered"), "pro", MIDNIGHT);
        upgrades.raised(raise);
        upgrades.raised(raise);
        upgrades.raised(new Raise("ent_1.3", ann, "finder", Optional.of("pro"), "enterprise", MIDNIGHT));
        upgrades.raised(new Raise("ent_2.1", "cus_00000000-0000-4000-8000-000000000000", "finder", Optional.empty(), "pro", MIDNIGHT));

        assertThat(people.mailer.kinds().stream().filter(Kind.UPGRADED::equals)).hasSize(2);
        assertThat(people.mailer.last(Kind.UPGRADED).values()).isEqualTo(Map.of("solution", "Finder <b>", "tier", "enterprise",
                "dashboard_link", "https://market.example.com/dashboard"));
    }
}
