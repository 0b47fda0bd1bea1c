package com.cloudnestle.marketplace.rest.internal.pages;

import static com.cloudnestle.marketplace.rest.internal.testing.Services.FINDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front page, {@code /register}, {@code /upgrade}, and what all pages have in common. */
class PagesTest {

    private static final Services SERVICES = new Services();

    @RegisterExtension
    static final TestServer SERVER = new TestServer()
            .with(new FrontServlet(SERVICES.catalog), "")
            .with(new AccessServlet(SERVICES.catalog), "/register", "/upgrade");

    private final Http http = SERVER.http();

    @Nested
    class Front {

        @Test
        void listsTheSolutionsWithTheirPages() {
            Answer answer = http.get("/");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("<a href=\"/solutions/aws-solution-finder/search\">AWS Solution Finder</a>");
        }

        @Test
        void leavesOutWhatDoesNotRunAndEscapesTexts() {
            SERVICES.catalog.withdraw("timed");

            assertThat(http.get("/").text()).contains("Counts &lt;words&gt;.").doesNotContain("Timed", "<words>");
        }

        @Test
        void isTheRootAddressOnly() {
            assertThat(http.get("/nothing").status()).isEqualTo(404);
        }
    }

    @Nested
    class Access {

        @Test
        void saysWhatToDoAndShowsTheTiers() {
            Answer register = http.get("/register?solution_id=faiss");
            Answer upgrade = http.get("/upgrade?solution_id=" + FINDER);

            assertThat(register.text()).contains("Register for AWS Solution Finder", "operator", "3 in total", "10 per day", "unlimited",
                    "personal token");
            assertThat(upgrade.text()).contains("More of AWS Solution Finder", "operator", "10 per day");
        }

        @Test
        void linksBackToAPageOfTheSolution() {
            assertThat(http.get("/register?solution_id=faiss&return_url=/solutions/aws-solution-finder/search%3Fq%3Da").text())
                    .contains("<a href=\"/solutions/aws-solution-finder/search?q=a\">Back to AWS Solution Finder</a>");
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "https%3A%2F%2Fevil.example%2F",
            "%2F%2Fevil.example",
            "javascript%3Aalert(1)",
            "/solutions/word-count/",
            "/solutions/aws-solution-finder/../../api",
            "/solutions/aws-solution-finder/%22onclick%3D%22x",
            "/solutions/aws-solution-finder/%5Cevil",
            "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"})
        void linksNowhereElse(String url) {
            String text = http.get("/register?solution_id=faiss&return_url=" + url).text();

            assertThat(text).contains("You came from <code>").doesNotContain("Back to").doesNotContain("<script");
            assertThat(text.replace("<a href=\"/\"", "")).doesNotContain("<a href");
        }

        @Test
        void cutsLongTextsAndKnowsNoOtherSolution() {
            Answer answer = http.get("/upgrade?solution_id=%3Cb%3E" + "x".repeat(2000));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).contains("&lt;b&gt;").doesNotContain("x".repeat(301));
        }

        @Test
        void asksForTheSolutionWhenNoneIsNamed() {
            assertThat(http.get("/register").text()).contains("<a href=\"/register?solution_id=word-count\">");
        }
    }

    @Nested
    class AllPages {

        @Test
        void forbidScriptsAndFraming() {
            assertThat(http.get("/").header("Content-Security-Policy"))
                    .startsWith("default-src 'none'; style-src 'sha256-").contains("frame-ancestors 'none'");
            assertThat(http.get("/").header("X-Content-Type-Options")).isEqualTo("nosniff");
        }

        @Test
        void answerHeadWithoutBodyAndRefuseTheRest() {
            Answer head = http.send("HEAD", "/register", BodyPublishers.noBody());

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.text()).isEmpty();
            assertThat(http.post("/", "{}").status()).isEqualTo(405);
            assertThat(http.post("/", "{}").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
    }

    @Test
    void writesWhatATierGivesBesideItsLimits() {
        TierPlan tier = new TierPlan("gold", List.of(new Limit("use", new Window.Lifetime(), 5)), OptionalInt.of(30),
                Optional.empty(), List.of("priority-support", "<exports>"));
        CatalogEntry entry = new CatalogEntry(SolutionDescriptor.of("notes", "Notes", "Keeps notes.", "use"), List.of(tier), true);

        assertThat(TierTable.of(entry))
                .contains("<td>5 in total<br>for 30 days<br>priority-support, &lt;exports&gt;</td>");
    }

    @Test
    void writesPricesInTheirCurrency() {
        assertThat(TierTable.price(new Price(99900, "INR", "month"))).isEqualTo("INR 999.00 per month, without tax");
        assertThat(TierTable.price(new Price(500, "JPY", "once"))).isEqualTo("JPY 500 once, without tax");
    }
}
