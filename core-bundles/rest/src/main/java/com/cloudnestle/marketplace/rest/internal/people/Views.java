package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.identity.ExternalSignIn;
import com.cloudnestle.marketplace.identity.Passkeys;
import com.cloudnestle.marketplace.identity.Sessions.Session;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.identity.UserKeys.IssuedKey;
import com.cloudnestle.marketplace.identity.UserKeys.KeyInfo;
import com.cloudnestle.marketplace.rest.internal.wire.QuotaView;
import com.cloudnestle.marketplace.rest.internal.wire.UsageView;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers to people. Times are ISO 8601. */
final class Views {

    private Views() {}

    @JsonNaming(SnakeCaseStrategy.class)
    record AccountView(String id, String email, String name, String language, List<String> roles, boolean suspended,
            boolean passwordSet, boolean secondFactor, String createdAt) {
        static AccountView of(Account account) {
            return new AccountView(account.id(), account.email().value(), account.name(), account.language(),
                    account.roles().stream().map(Views::lower).sorted().toList(), account.suspended(),
                    account.passwordSet(), account.secondFactor(), account.createdAt().toString());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PlaceView(String country, String city) {}

    /** Why an administrator looks at the account; who it is stays among administrators. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ImpersonationView(String reason) {}

    /**
     * @param impersonation null: the person's own session
     * @param current whether it is the one that asks
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record SessionView(String id, String method, String createdAt, String provedAt, String usedAt, String expiresAt, String device,
            @Nullable PlaceView place, @Nullable ImpersonationView impersonation, boolean current) {
        static SessionView of(Session session, String currentId) {
            return new SessionView(session.id(), lower(session.method()), session.createdAt().toString(),
                    session.provedAt().toString(), session.usedAt().toString(), session.expiresAt().toString(), session.device(),
                    session.place().map(place -> new PlaceView(place.country(), place.city())).orElse(null),
                    session.impersonator().map(by -> new ImpersonationView(by.reason())).orElse(null),
                    session.id().equals(currentId));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record SessionsView(List<SessionView> sessions) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ImpersonatorView(String accountId, String reason) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record AccountContext(AccountView account, SessionView session, @Nullable ImpersonatorView impersonator) {
        static AccountContext of(Account account, Session session) {
            return new AccountContext(AccountView.of(account), SessionView.of(session, session.id()),
                    session.impersonator().map(by -> new ImpersonatorView(by.accountId(), by.reason())).orElse(null));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record StatusView(String status) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record SetupView(boolean open) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record NextView(String returnTo) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ConfirmedView(AccountView account, @Nullable NextView next) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SignInView(String status, @Nullable AccountView account, @Nullable String ticket, @Nullable List<String> factors) {
        static SignInView of(SignIn.Step step) {
            if (step instanceof SignIn.SecondFactorNeeded needed) {
                return new SignInView("second_factor", null, needed.ticket(),
                        needed.factors().stream().map(Views::lower).sorted().toList());
            }
            return new SignInView("signed_in", AccountView.of(((SignIn.Done) step).account()), null, null);
        }
    }

    /** @param options JSON for the browser, as it is */
    @JsonNaming(SnakeCaseStrategy.class)
    record CeremonyView(String ticket, @JsonRawValue String options) {
        static CeremonyView of(Passkeys.Ceremony ceremony) {
            return new CeremonyView(ceremony.ticket(), ceremony.options());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PasskeyView(String id, String name, String createdAt, @Nullable String usedAt) {
        static PasskeyView of(Passkeys.Passkey passkey) {
            return new PasskeyView(passkey.id(), passkey.name(), passkey.createdAt().toString(), text(passkey.usedAt()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PasskeysView(List<PasskeyView> passkeys) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ProviderView(String id, String name) {
        static ProviderView of(ExternalSignIn.Provider provider) {
            return new ProviderView(provider.id(), provider.name());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ProvidersView(List<ProviderView> providers) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record IdentityView(String provider, String account) {
        static IdentityView of(ExternalSignIn.Identity identity) {
            return new IdentityView(identity.providerId(), identity.account());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record IdentitiesView(List<IdentityView> identities) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record EnrolmentView(String secret, String uri) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record RecoveryCodesView(List<String> recoveryCodes) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record TokenHintView(String hint, String createdAt, @Nullable String expiresAt) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record HeldSolutionView(String solutionId, String name, String accessTier, String status, String since,
            @Nullable String validUntil, boolean available, String pageUrl, List<QuotaView> quotas, @Nullable TokenHintView token,
            @Nullable String upgradeUrl) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record HeldSolutionsView(List<HeldSolutionView> solutions) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record AccountUsageView(String from, String to, List<UsageView.Day> usage) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record SolutionTokenView(String token, String hint, String createdAt, @Nullable String expiresAt) {
        static SolutionTokenView of(IssuedToken issued) {
            return new SolutionTokenView(issued.token(), Views.hint(issued.token()), issued.holder().issuedAt().toString(),
                    text(issued.holder().expiresAt()));
        }

        @Override
        public String toString() {
            return "SolutionTokenView[" + hint + "]"; // the secret stays out of logs
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ApiKeyView(String id, String solutionId, String name, String hint, List<String> actions, String createdAt,
            @Nullable String expiresAt, @Nullable String usedAt, @Nullable String revokedAt) {
        static ApiKeyView of(KeyInfo info) {
            return new ApiKeyView(info.id(), info.solutionId(), info.name(), info.hint(), info.actions().stream().sorted().toList(),
                    info.createdAt().toString(), text(info.expiresAt()), text(info.usedAt()), text(info.revokedAt()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ApiKeysView(List<ApiKeyView> apiKeys) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record IssuedApiKeyView(ApiKeyView apiKey, String secret) {
        static IssuedApiKeyView of(IssuedKey issued) {
            return new IssuedApiKeyView(ApiKeyView.of(issued.info()), issued.secret());
        }

        @Override
        public String toString() {
            return "IssuedApiKeyView[" + apiKey.id() + "]"; // the secret stays out of logs
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ExchangeView(String token, String userEmail, String solutionId, String accessTier) {
        @Override
        public String toString() {
            return "ExchangeView[" + solutionId + "]"; // the secret stays out of logs
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record AdminUsersView(List<AccountView> users, @Nullable String nextCursor) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record AdminUserView(AccountView account, List<SessionView> sessions, List<HeldSolutionView> solutions) {}

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** First 8 and last 4 characters after the words a token begins with. */
    static String hint(String token) {
        return token.length() < 24 ? "…" : token.substring(0, 8) + "…" + token.substring(token.length() - 4);
    }

    static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
