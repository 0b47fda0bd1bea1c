package com.cloudnestle.marketplace.rest.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.Account.Role;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.rest.internal.people.PeopleServer;
import com.cloudnestle.marketplace.rest.internal.testing.FakePayments;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a buyer's browser gets below /pay/ from here; the page that waits is of the web application. */
class CheckoutTest {

    private static final PeopleServer PEOPLE = new PeopleServer("", "", 1_000_000);

    @RegisterExtension
    static final TestServer SERVER = PEOPLE.server;

    private final Account ann = PEOPLE.services.accounts.make("ann" + System.nanoTime() + "@example.com");
    private final Http browser = PEOPLE.browser(PEOPLE.services.accounts.signIn(ann));
    private final Payment payment = begun(FakePayments.SCRIPT);
    private final String page = "/pay/" + payment.id() + "/checkout";

    private Payment begun(Checkout.Action action) {
        PEOPLE.payments.action = action;
        return PEOPLE.payments.initiate(new Purchase(
                ann.id(), "faiss", "pro", new Buyer("Ann", "IN", "29", "", ""), null, null, "k" + System.nanoTime()));
    }

    @Test
    void loadsTheProvidersScriptAndNothingElseFromElsewhere() {
        Answer answer = browser.get(page);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<script src=\"https://scripts.example/checkout.js\"");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; "
                + "script-src 'self' https://scripts.example https://api.scripts.example; "
                + "connect-src 'self' https://scripts.example https://api.scripts.example; "
                + "frame-src 'self' https://scripts.example https://api.scripts.example; "
                + "form-action 'self' https://scripts.example https://api.scripts.example; "
                + "img-src 'self' https://scripts.example https://api.scripts.example data:; "
                + "font-src 'self' https://scripts.example https://api.scripts.example; "
                + "style-src 'self' https://scripts.example https://api.scripts.example 'unsafe-inline'; "
                + "base-uri 'none'; frame-ancestors 'none'");
        assertThat(answer.header("Permissions-Policy")).contains("payment=(self \"https://scripts.example\"");
        assertThat(answer.header("Referrer-Policy")).as("providers look at it").isEqualTo("strict-origin-when-cross-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin-allow-popups");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void handsTheParametersOverAsDataWhateverTheyAre() throws IOException {
        String html = browser.get(page).text();
        String json = html.replaceAll("(?s).*id=\"checkout\">(.*?)</script>.*", "$1");
        JsonNode data = new ObjectMapper().readTree(json);

        assertThat(data.path("payment").asText()).isEqualTo(payment.id());
        assertThat(data.path("starter").asText()).isEqualTo("/pay/starter/lab/lab.js");
        assertThat(data.at("/parameters/key").asText()).isEqualTo("</script><b>");
        assertThat(json).doesNotContain("<", ">", "&");
        assertThat(html).doesNotContain("{{");
    }

    @Test
    void speaksTheLanguageOfTheBrowser() {
        assertThat(browser.get(page).text()).contains("<html lang=\"en\">", "The payment opens");
        assertThat(browser.header("Accept-Language", "hi-IN,hi;q=0.9").get(page).text()).contains("<html lang=\"hi\">", "भुगतान");
    }

    @Test
    void givesOutTheScriptsOfGatewaysAndNothingElseOfTheirBundles() {
        Answer starter = browser.get("/pay/starter/lab/lab.js");

        assertThat(starter.text()).contains("export function start");
        assertThat(starter.header("Content-Type")).startsWith("text/javascript");
        assertThat(starter.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(browser.get("/pay/checkout.js").text()).contains("/api/payments/verify");
        assertThat(browser.get("/pay/checkout.css").header("Content-Type")).startsWith("text/css");
        for (String path : new String[] {"/lab/other.js", "/lab/..js", "/lab/lab.json", "/lab/..%2flab.js", "/other/lab.js", "/lab/",
                "/lab/.lab.js", "/lab/secret.txt"}) {
            assertThat(browser.get("/pay/starter" + path).status()).as(path).isIn(400, 404);
        }
    }

    @Test
    void leadsToTheWaitingPageIfThereIsNothingToStart() {
        Payment redirected = begun(new Checkout.Redirect(URI.create("https://pay.example/1")));
        Http bob = PEOPLE.browser(PEOPLE.services.accounts.signIn(
                PEOPLE.services.accounts.make("bob" + System.nanoTime() + "@example.com")));

        assertThat(browser.get("/pay/" + redirected.id() + "/checkout").header("Location")).isEqualTo("/pay/" + redirected.id());
        assertThat(bob.get(page).header("Location")).as("somebody else's").isEqualTo("/pay/" + payment.id());
        Answer signedOut = SERVER.http().get(page);
        assertThat(signedOut.status()).isEqualTo(303);
        assertThat(signedOut.header("Location")).isEqualTo("/pay/" + payment.id());
        assertThat(browser.get("/pay/pay_nothing/checkout").header("Location")).isEqualTo("/pay/pay_nothing");
    }

    @Test
    void doesNotStartForAnAdministratorWhoLooksOn() {
        Account boss = PEOPLE.services.accounts.make("boss" + System.nanoTime() + "@example.com", Role.ADMIN);
        Http looking = PEOPLE.browser(PEOPLE.services.sessions.impersonate(PEOPLE.services.accounts.signIn(boss).session(), ann.id(),
                "a customer's question", new Client("127.0.0.1", "", Optional.empty(), "en")));

        assertThat(looking.get(page).status()).isEqualTo(303);
    }

    /** Browsers send no cookies with a form of another site; if one did, it would not matter. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void bringsPeopleBackFromAProvidersForm(String site) {
        Http from = browser.header("Sec-Fetch-Site", site).header("Origin", "https://api.scripts.example")
                .header("Content-Type", "application/x-www-form-urlencoded");
        String waiting = "/pay/" + payment.id();

        Answer answer = from.send("POST", waiting, BodyPublishers.ofString(
                "razorpay_payment_id=pay_29QQoUBi66xm2f&razorpay_signature=a%26b%3Dc&twice=1&twice=2&odd%20name=x"));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location").split("[?&]")).containsExactlyInAnyOrder(
                waiting, "razorpay_payment_id=pay_29QQoUBi66xm2f", "razorpay_signature=a%26b%3Dc");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(PEOPLE.payments.find(ann.id(), payment.id())).as("nothing happens by it").isEqualTo(payment);
    }

    @Test
    void bringsPeopleBackWithoutWhatIsNoProof() {
        Http from = SERVER.http().header("Content-Type", "application/x-www-form-urlencoded");
        String waiting = "/pay/" + payment.id();
        String long1 = IntStream.range(0, 20).mapToObj(i -> "a" + i + "=" + "x".repeat(500)).collect(Collectors.joining("&"));

        for (String form : new String[] {"", "a=" + "x".repeat(2001), long1, "%zz=%", "x".repeat(300_000)}) {
            Answer answer = from.send("POST", waiting, BodyPublishers.ofString(form));
            assertThat(answer.header("Location")).isEqualTo(waiting);
        }
        assertThat(from.send("POST", "/pay/evil.example", BodyPublishers.ofString("a=b")).status()).isEqualTo(404);
        assertThat(from.send("POST", "//evil.example/pay/" + payment.id(), BodyPublishers.ofString("a=b")).header("Location"))
                .doesNotContain("evil");
    }
}
