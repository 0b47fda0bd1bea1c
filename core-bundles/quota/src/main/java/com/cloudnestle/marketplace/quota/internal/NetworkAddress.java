package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A literal IP address.
 *
 * @param bytes 4 or 16 bytes; an IPv4 address written as IPv6 has 4
 */
record NetworkAddress(byte[] bytes) {

    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    /** Never asks a name server: only text that cannot be a host name reaches the parser. */
    static NetworkAddress parse(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        if (literal.length() > 45 || !(IPV4.matcher(literal).matches() || IPV6.matcher(literal).matches())) {
            throw invalid();
        }
        try {
            return new NetworkAddress(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            throw invalid();
        }
    }

    private static MarketplaceException invalid() {
        return MarketplaceException.invalid("ip", "is not an IPv4 or IPv6 address");
    }

    /** What stands for one subscriber: the whole IPv4 address, the first 64 bits of an IPv6 one. */
    String network() {
        return bytes.length == 4
                ? HexFormat.of().formatHex(bytes)
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) + "/64";
    }
}
