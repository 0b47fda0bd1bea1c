package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.phonepe.internal.HeaderHashCheck.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Known digests: the first published with PhonePe's SDK, the others computed by other tools than this code. */
class VectorsTest {

    private static final SaltKey SALT = new SaltKey(new Secret("lab-salt-0001"), "1");

    @Test
    void theHeaderOfNotificationsIsThePublishedDigestOfUserAndPassword() {
        assertThat(new Login("username", new Secret("password")).digest())
                .isEqualTo("bc842c31a9e54efe320d30d948be61291f3ceee4766e36ab25fa65243cd76e0e");
        assertThat(new Login("webuser_1", new Secret("Passw0rd9")).digest())
                .isEqualTo("21fbd4b9cbc05e49fc49adbc407ada4bbec5468dea758f0cb9b28efbe1b60fdc");
    }

    @Test
    void bodiesOfNotificationsAreSignedByHmac() {
        String body = "{\"event\":\"checkout.order.completed\",\"payload\":{\"orderId\":\"OMO1\",\"merchantId\":\"M1\","
                + "\"merchantOrderId\":\"ORD-1\",\"state\":\"COMPLETED\",\"amount\":11800,\"expireAt\":1763600000000,\"paymentDetails\":[]}}";

        byte[] signature = Hashes.hmac(new Secret("lab-hmac-key"), body.getBytes(StandardCharsets.UTF_8));

        assertThat(HexFormat.of().formatHex(signature)).isEqualTo("ac670d422c2dbc86e73d11a32086d980621a8578f0655afff409a49fcb432cb8");
    }

    @Test
    void callsOfTheOldApiAreSignedWithTheSaltKey() {
        String pay = "{\"merchantId\":\"MLAB\",\"merchantTransactionId\":\"MT-1\",\"merchantUserId\":\"U1\",\"amount\":11800,"
                + "\"redirectUrl\":\"https://shop.invalid/r\",\"redirectMode\":\"REDIRECT\",\"callbackUrl\":\"https://shop.invalid/c\","
                + "\"paymentInstrument\":{\"type\":\"PAY_PAGE\"}}";

        assertThat(SALT.signature("/pg/v1/status/MLAB/MT-1"))
                .isEqualTo("f39b45119decf3b12cc26f62f89ebecc6a879884cabde054c1b010da35df2535###1");
        assertThat(SALT.signature(base64(pay) + "/pg/v1/pay"))
                .isEqualTo("26a0b59d911fa67efbcdb42fc83c4285fc80c988cd87065330bb7923ea83ce26###1");
    }

    @Test
    void callbacksOfTheOldApiAreSignedWithTheSaltKey() {
        String callback = "{\"success\":true,\"code\":\"PAYMENT_SUCCESS\",\"message\":\"ok\",\"data\":{\"merchantId\":\"MLAB\","
                + "\"merchantTransactionId\":\"MT-1\",\"transactionId\":\"T1\",\"amount\":11800,\"state\":\"COMPLETED\","
                + "\"responseCode\":\"SUCCESS\"}}";

        assertThat(SALT.signature(base64(callback)))
                .isEqualTo("27316deea6a426a2cc3a3d1b53d87dafa84fb00f612725fa98f380c7a5fa2222###1");
        assertThat(SALT.signed("27316deea6a426a2cc3a3d1b53d87dafa84fb00f612725fa98f380c7a5fa2222###2", base64(callback))).isFalse();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
