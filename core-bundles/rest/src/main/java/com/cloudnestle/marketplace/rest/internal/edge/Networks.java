package com.cloudnestle.marketplace.rest.internal.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Networks given as {@code 10.0.0.0/8}, {@code ::1} and the like. Names are never looked up. */
final class Networks {

    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|(?=.*:)[0-9a-fA-F:.]{2,45}");

    private record Network(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks = new ArrayList<>();

    /**
     * @param list separated by commas or blanks
     * @throws IllegalArgumentException if something in it is no network
     */
    static Networks parse(String list) {
        Networks parsed = new Networks();
        for (String part : list.strip().split("[,\\s]+")) {
            if (!part.isEmpty()) {
                parsed.networks.add(network(part));
            }
        }
        return parsed;
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("no address or network: '" + text + "'"));
        int all = address.length * 8;
        String length = slash < 0 ? String.valueOf(all) : text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > all) {
            throw new IllegalArgumentException("no address or network: '" + text + "'");
        }
        return new Network(address, Integer.parseInt(length));
    }

    boolean contains(String literal) {
        if (networks.isEmpty()) {
            return false; // the usual case, on the way of every request
        }
        return bytes(literal).filter(address -> networks.stream().anyMatch(network -> network.contains(address))).isPresent();
    }

    /** Whether the text is an IPv4 or IPv6 address. */
    static boolean literal(String text) {
        return bytes(text).isPresent();
    }

    /** What stands for one line to the net: an IPv4 address, or the 64 bits of IPv6 that a household gets. */
    static String line(String literal) {
        return bytes(literal)
                .map(address -> HexFormat.of().formatHex(address, 0, address.length == 4 ? 4 : 8))
                .orElse(literal);
    }

    private static Optional<byte[]> bytes(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal).getAddress()); // of digits only, so nothing is looked up
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
