package com.cloudnestle.marketplace.identity;

import java.util.Objects;
import java.util.Optional;

/**
 * From where somebody signs in or acts.
 *
 * @param address literal IP address of the person, already told from those of trusted proxies; never stored as it is
 * @param userAgent what the browser says of itself, at most 512 characters, may be empty
 * @param place where the edge in front of this server says the address is; empty without a trusted one
 * @param language BCP 47 tag the person reads, e.g. {@code en}
 * @param device secret of the long-lived cookie that an earlier session of this browser left, see
 *     {@link Sessions.NewSession#deviceSecret()}; empty if there is none
 */
public record Client(String address, String userAgent, Optional<Place> place, String language, String device) {

    public Client {
        Objects.requireNonNull(address);
        Objects.requireNonNull(place);
        Objects.requireNonNull(language);
        Objects.requireNonNull(device);
        userAgent = userAgent.length() > 512 ? userAgent.substring(0, 512) : userAgent;
    }

    /** A browser that has not signed in before. */
    public Client(String address, String userAgent, Optional<Place> place, String language) {
        this(address, userAgent, place, language, "");
    }

    @Override
    public String toString() {
        return "Client[]"; // an address and a secret
    }

    /**
     * @param country ISO 3166-1 alpha-2, upper case
     * @param city may be empty
     */
    public record Place(String country, String city) {
        public Place {
            if (!country.matches("[A-Z]{2}") || city.length() > 100) {
                throw new IllegalArgumentException("not a place");
            }
        }
    }
}
