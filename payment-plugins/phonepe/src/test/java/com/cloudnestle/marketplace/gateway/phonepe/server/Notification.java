package com.cloudnestle.marketplace.gateway.phonepe.server;

import java.util.Map;

/**
 * A notification as it is sent.
 *
 * @param about our key of the payment or mandate
 * @param headers with lower-case names
 * @param body the very bytes
 */
public record Notification(String about, Map<String, String> headers, byte[] body) {}
