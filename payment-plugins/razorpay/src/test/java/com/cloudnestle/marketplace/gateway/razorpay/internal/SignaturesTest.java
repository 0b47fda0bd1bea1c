package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Vectors that Razorpay's own libraries are tested with, and ones that its Node and Java libraries agree on. */
class SignaturesTest {

    private static final String PUBLISHED_KEY = "EnLs21M47BllR3X8PSFtjtbd";

    @Test
    void ordersAreSignedOrderFirst() {
        assertThat(Signatures.ofOrder("order_IEIaMR65cu6nz3", "pay_IH4NVgf4Dreq1l", PUBLISHED_KEY))
                .isEqualTo("0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f");
        assertThat(Signatures.ofOrder("order_Lab00000000001", "pay_Lab1", "labsecret"))
                .isEqualTo("9392617d51f6a9f2d43ff698e6af7a4cc2ff7bb3df203338a1714a5c561cd798");
    }

    @Test
    void subscriptionsAreSignedPaymentFirst() {
        assertThat(Signatures.ofSubscription("pay_IDZNwZZFtnjyym", "sub_ID6MOhgkcoHj9I", PUBLISHED_KEY))
                .isEqualTo("601f383334975c714c91a7d97dd723eb56520318355863dcf3821c0d07a17693");
        assertThat(Signatures.ofSubscription("pay_Lab1", "sub_Lab1", "labsecret"))
                .isEqualTo("4f2284b2a53a045168b1498f9724fe5a9919637b4cbbfb4bd5f37947460b7146");
    }

    @Test
    void paymentLinksAreSignedWithReferenceAndStatus() {
        assertThat(Signatures.ofLink("plink_IH3cNucfVEgV68", "TSsd1989", "paid", "pay_IH3d0ara9bSsjQ", PUBLISHED_KEY))
                .isEqualTo("07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b");
        assertThat(Signatures.ofLink("plink_Lab1", "INV-1", "paid", "pay_Lab1", "labsecret"))
                .isEqualTo("278444231185023bf688132ef4ca4b24528dda7d7b3c009cff3c654fb8d15a47");
    }

    @Test
    void webhooksAreSignedOverTheirBytes() {
        byte[] body = "{\"a\":1,\"b\":2,\"c\":{\"d\":3}}".getBytes(StandardCharsets.UTF_8);
        String signature = "2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc";

        assertThat(Signatures.sign(body, "123456")).isEqualTo(signature);
        assertThat(Notifications.sign(body, "123456")).as("the contract server, which has its own").isEqualTo(signature);
    }

    @Test
    void partsWithABarCouldBeMovedAcrossIt() {
        assertThat(Signatures.ofLink("plink_A", "1|paid", "paid", "pay_A", "labsecret"))
                .as("why no key with a bar gets under a signature")
                .isEqualTo(Signatures.ofLink("plink_A|1", "paid", "paid", "pay_A", "labsecret"));
        assertThat(Ids.is(Ids.PAYMENT, "pay_A|paid")).isFalse();
    }
}
