package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people send. Everything may be missing; the resources say what must not. None of it says its content: it holds secrets. */
final class Requests {

    private Requests() {}

    @JsonNaming(SnakeCaseStrategy.class)
    record SignUpRequest(@Nullable String email, @Nullable String password, @Nullable String name, @Nullable String language,
            @Nullable String solutionId, @Nullable String returnUrl, @Nullable String codeChallenge) {
        @Override
        public String toString() {
            return "SignUpRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ConfirmRequest(@Nullable String code, @Nullable String password) {
        @Override
        public String toString() {
            return "ConfirmRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record SignInRequest(@Nullable String email, @Nullable String password) {
        @Override
        public String toString() {
            return "SignInRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record SignInCodeRequest(@Nullable String ticket, @Nullable String code) {
        @Override
        public String toString() {
            return "SignInCodeRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record TicketRequest(@Nullable String ticket) {
        @Override
        public String toString() {
            return "TicketRequest[]";
        }
    }

    /** @param credential what the browser's credential makes of itself with {@code toJSON} */
    @JsonNaming(SnakeCaseStrategy.class)
    record PasskeyAnswer(@Nullable String ticket, @Nullable JsonNode credential, @Nullable String name) {
        String credentialText() {
            if (credential == null || !credential.isObject()) {
                throw MarketplaceException.invalid("credential", "must be an object");
            }
            return credential.toString();
        }

        @Override
        public String toString() {
            return "PasskeyAnswer[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PasskeyNameRequest(@Nullable String name) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ForgotRequest(@Nullable String email) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ResetRequest(@Nullable String code, @Nullable String password) {
        @Override
        public String toString() {
            return "ResetRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record SetupRequest(@Nullable String code, @Nullable String email, @Nullable String password, @Nullable String name) {
        @Override
        public String toString() {
            return "SetupRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ProfileRequest(@Nullable String name, @Nullable String language) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record PasswordRequest(@Nullable String current, @Nullable String replacement) {
        @Override
        public String toString() {
            return "PasswordRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ProveRequest(@Nullable String password) {
        @Override
        public String toString() {
            return "ProveRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record CodeRequest(@Nullable String code) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record GraceRequest(@Nullable Long graceDays) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ApiKeyRequest(@Nullable String solutionId, @Nullable String name, @Nullable List<String> actions,
            @Nullable String expiresAt) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record RegistrationRequest(@Nullable String solutionId, @Nullable String returnUrl, @Nullable String codeChallenge) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ExchangeRequest(@Nullable String code, @Nullable String solutionId, @Nullable String codeVerifier) {
        @Override
        public String toString() {
            return "ExchangeRequest[]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record RolesRequest(@Nullable List<String> roles) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record StatusRequest(@Nullable Boolean suspended) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ImpersonateRequest(@Nullable String reason) {}
}
