package com.cloudnestle.marketplace.payment;

/**
 * Whether a gateway works.
 *
 * @param working whether it can be offered to buyers
 * @param detail for operators; no secrets, may be empty when working
 */
public record GatewayHealth(boolean working, String detail) {

    public static GatewayHealth healthy() {
        return new GatewayHealth(true, "");
    }

    public static GatewayHealth failing(String detail) {
        return new GatewayHealth(false, detail);
    }
}
