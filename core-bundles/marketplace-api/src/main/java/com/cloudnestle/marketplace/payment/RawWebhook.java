package com.cloudnestle.marketplace.payment;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A notification as it came over the wire.
 *
 * @param headers in the order they came, a name may repeat
 * @param body the very bytes, at most {@link #MAX_BODY}; not copied, not to be changed
 */
public record RawWebhook(List<Header> headers, byte[] body, Instant receivedAt) {

    /** Largest body that is looked at, in bytes. */
    public static final int MAX_BODY = 256 * 1024;

    public RawWebhook {
        headers = List.copyOf(headers);
        Objects.requireNonNull(receivedAt);
        if (body.length > MAX_BODY) {
            throw new IllegalArgumentException("a notification has at most " + MAX_BODY + " bytes, this one " + body.length);
        }
    }

    /** All values of a header, whatever the case of its name. */
    public List<String> header(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return headers.stream().filter(header -> header.name().equals(wanted)).map(Header::value).toList();
    }

    @Override
    public String toString() {
        return "RawWebhook[" + body.length + " bytes]"; // signatures and people stay out of logs
    }

    /** @param name in lower case */
    public record Header(String name, String value) {
        public Header {
            name = name.toLowerCase(Locale.ROOT);
            Objects.requireNonNull(value);
        }
    }
}
