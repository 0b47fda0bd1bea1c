package com.cloudnestle.marketplace.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import org.junit.jupiter.api.Test;

class ProblemAnswersTest {

    @Test
    void tellsTypeTitleStatusDetailRequestAndCode() {
        assertThat(ProblemAnswers.json(Problem.SOLUTION_UNKNOWN, "No \"x\" here", "req-1")).isEqualTo(
                "{\"type\":\"/problems/solution-unknown\",\"title\":\"There is no such solution\",\"status\":404,"
                        + "\"detail\":\"No \\\"x\\\" here\",\"instance\":\"req-1\",\"code\":\"solution-unknown\"}");
    }

    @Test
    void namesTheFieldsThatAreWrong() {
        assertThat(ProblemAnswers.json(MarketplaceException.invalid("units", "must be 1 or more"), "req-1"))
                .contains("\"detail\":\"units: must be 1 or more\"")
                .endsWith("\"errors\":[{\"field\":\"units\",\"message\":\"must be 1 or more\"}]}");
    }

    @Test
    void asksForACredentialOnlyWhenThatHelps() {
        assertThat(ProblemAnswers.headers(Problem.CREDENTIALS_MISSING)).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(ProblemAnswers.headers(Problem.TOKEN_REVOKED))
                .containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        assertThat(ProblemAnswers.headers(Problem.TOKEN_WRONG_SOLUTION)).doesNotContainKey("WWW-Authenticate");
    }
}
