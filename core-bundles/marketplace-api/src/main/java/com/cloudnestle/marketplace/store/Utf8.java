package com.cloudnestle.marketplace.store;

/** Sizes of strings as every store keeps them: UTF-8, where half a surrogate pair has no form at all. */
final class Utf8 {

    private Utf8() {}

    /**
     * Number of UTF-8 bytes, without making them.
     *
     * @throws IllegalArgumentException if the text holds an unpaired surrogate, which would come back as another text
     */
    static int length(String what, String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException(what + " holds an unpaired surrogate at index " + i);
            }
        }
        return bytes;
    }
}
