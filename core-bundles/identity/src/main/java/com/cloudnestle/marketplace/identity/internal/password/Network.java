package com.cloudnestle.marketplace.identity.internal.password;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** The part of an address that one person cannot change at will: /24 of IPv4, /64 of IPv6. */
final class Network {

    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 8;

    private Network() {}

    /** @param address a literal; anything else is its own network */
    static String of(String address) {
        // Only literals: a name would be looked up.
        if (!address.matches("[0-9.]{7,15}|[0-9a-fA-F:.%]*:[0-9a-zA-Z:.%]*")) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            HexFormat hex = HexFormat.of();
            if (parsed instanceof Inet4Address) {
                return "4:" + hex.formatHex(parsed.getAddress(), 0, IPV4_BYTES);
            }
            return parsed instanceof Inet6Address ? "6:" + hex.formatHex(parsed.getAddress(), 0, IPV6_BYTES) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
