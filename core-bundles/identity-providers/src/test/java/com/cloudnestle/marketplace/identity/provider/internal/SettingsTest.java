package com.cloudnestle.marketplace.identity.provider.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import com.cloudnestle.marketplace.identity.provider.internal.ProviderSettings.Protocol;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final Path ETC = Path.of("../../assembly/src/main/resources/etc/com.cloudnestle.marketplace.providers.cfg");

    private final Map<String, Object> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Settings settings = new Settings(properties, environment::get, address(Map.of()));

    private PublicAddress address(Map<String, Object> edge) {
        return new PublicAddress(edge, environment::get);
    }

    @Test
    void nothingIsOfferedWithoutConfiguration() {
        assertThat(settings.ids()).isEmpty();
        assertThat(new ConfiguredProviders(settings, new ProviderHttp()).all()).isEmpty();
    }

    @Test
    void googleAndGitHubNeedAnIdAndASecretOnly() {
        properties.put("google.client_id", "g");
        environment.put("MARKETPLACE_GOOGLE_CLIENT_SECRET", "hush");
        properties.put("github.client_id", "h");

        ProviderSettings google = settings.provider("google");
        assertThat(google.issuer()).hasToString("https://accounts.google.com");
        assertThat(google.name()).isEqualTo("Google");
        assertThat(google.clientSecret()).isEqualTo("hush");
        assertThat(google.scopes()).containsExactly("openid", "email", "profile");
        ProviderSettings github = settings.provider("github");
        assertThat(github.protocol()).isEqualTo(Protocol.GITHUB);
        assertThat(github.issuer()).hasToString("https://github.com");
        assertThat(github.api()).hasToString("https://api.github.com");
    }

    @Test
    void cognitoNeedsItsPool() {
        properties.put("cognito.client_id", "c");
        refuses("cognito", "cognito.issuer");

        properties.put("cognito.issuer", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool");
        assertThat(settings.provider("cognito").provider()).isEqualTo(new Provider("cognito", "Amazon Cognito"));
    }

    @Test
    void anyOtherProviderSpeaksOpenIdConnectOrBorrowsAProfile() {
        properties.put("work.client_id", "w");
        properties.put("work.issuer", "https://login.work.example/realms/main");
        properties.put("work.name", "Work");
        assertThat(settings.provider("work").protocol()).isEqualTo(Protocol.OPENID_CONNECT);

        properties.put("second.profile", "google");
        properties.put("second.client_id", "s");
        assertThat(settings.provider("second").issuer()).hasToString("https://accounts.google.com");
    }

    @Test
    void theSecretComesFromAFileBeforeAnythingElse(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "from file\n");
        properties.put("google.client_id", "g");
        properties.put("google.client_secret", "from configuration");
        properties.put("google.client_secret_file", file.toString());
        assertThat(settings.provider("google").clientSecret()).isEqualTo("from file");

        properties.put("google.client_secret_file", folder.resolve("missing").toString());
        refuses("google", "google.client_secret_file");
        properties.remove("google.client_secret_file");
        assertThat(settings.provider("google").clientSecret()).isEqualTo("from configuration");
        assertThat(settings.provider("google").toString() + settings).doesNotContain("from configuration");
    }

    @Test
    void theCallbackIsBelowThePublicAddressInEitherSpelling() {
        environment.put("MARKETPLACE_PORT", "9000");
        assertThat(address(Map.of()).url()).isEqualTo("http://localhost:9000");
        assertThat(address(Map.of("public.url", "https://a.example/", "public_url", " ")).url()).isEqualTo("https://a.example");
        PublicAddress address = address(Map.of("public_url", "https://b.example"));
        Settings below = new Settings(Map.of("google.client_id", "g"), environment::get, address);
        assertThat(below.provider("google").callback()).hasToString("https://b.example/api/auth/providers/google/callback");
    }

    @Test
    void refusesAddressesThatOthersCanListenToAndKeysItDoesNotKnow() {
        properties.put("work.client_id", "w");
        for (String issuer : new String[] {"http://login.example", "ftp://login.example", "https://user@login.example", "login",
                "https://login.example?x=1", "http://localhost.example", "https://"}) {
            properties.put("work.issuer", issuer);
            refuses("work", "work.issuer");
        }
        properties.put("work.issuer", "https://login.example");
        properties.put("work.clientid", "w");
        refuses("work", "work.clientid");
    }

    @Test
    void oneMistakeLeavesTheOthersAlone() {
        properties.put("providers", "google, broken, Bad_Id");
        properties.put("google.client_id", "g");

        assertThat(new ConfiguredProviders(settings, new ProviderHttp()).all()).containsExactly(new Provider("google", "Google"));
    }

    @Test
    void theShippedFileHasOnlyKeysThatAreRead() throws Exception {
        Properties shipped = new Properties();
        try (Reader text = Files.newBufferedReader(ETC)) {
            shipped.load(text);
        }
        assertThat(shipped.stringPropertyNames()).contains(Settings.PROVIDERS, "google.client_id", "github.client_id", "cognito.issuer")
                .allMatch(key -> key.equals(Settings.PROVIDERS) || Settings.KEYS.contains(key.substring(key.indexOf('.') + 1)))
                .noneMatch(key -> key.endsWith("client_secret"));
    }

    private void refuses(String id, String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings.provider(id)).withMessageContaining(key);
    }
}
