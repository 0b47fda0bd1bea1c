package com.cloudnestle.marketplace.testing.gateway;

import com.cloudnestle.marketplace.payment.RawWebhook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes and texts that break what was written for well-meant ones. The same in every run. */
final class Junk {

    private static final Pattern VALUE = Pattern.compile("(?<=:)\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9.eE+]+|true|false|null)");
    private static final List<String> INSTEAD = List.of("null", "\"\"", "-1", "1e999", "9223372036854775808", "true", "[]", "{}",
            "\"\\u0000\\ud800\"", '"' + "x".repeat(500) + '"');

    private Junk() {}

    /** Bodies that are no notification of anybody. */
    static List<byte[]> bodies() {
        List<byte[]> all = new ArrayList<>();
        List<String> texts = List.of("", " ", "\u0000", "null", "true", "0", "-", "\"", "\"text\"", "[]", "{}", "[{}]", "{]", "{\"", "{\"a\"",
                "{\"event\":", "{\"event\":null,\"payload\":null}", "{\"event\":{},\"payload\":[]}", "{\"event\":[1],\"payload\":\"x\"}",
                "{\"event\":1,\"event\":2,\"payload\":{\"payload\":{}}}", "{\"entity\":\"event\",\"payload\":{\"payment\":null}}",
                "{\"event\":\"" + "x".repeat(100_000) + "\"}", "1e999999999", "NaN", "R999", "<html><body>502 Bad Gateway</body></html>",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///nowhere\">]><a>&b;</a>", "a=1&b=2", "--x\r\n\r\n--x--",
                "{\"a\":" + "[".repeat(100_000), "[".repeat(200_000), "{\"a\":".repeat(40_000), "\uFEFF{}", "\"" + "\\u0000".repeat(1000) + "\"",
                "{\"\":\"\"}", "9".repeat(100_000), "{\"amount\":" + "9".repeat(50_000) + "}");
        texts.forEach(text -> all.add(text.getBytes(StandardCharsets.UTF_8)));
        all.add("{\"event\":\"x\"}".getBytes(StandardCharsets.UTF_16));
        all.add(new byte[] {(byte) 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
        all.add(new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'});
        all.add(new byte[RawWebhook.MAX_BODY]);
        Random random = new Random(20_260_301);
        for (int length : new int[] {1, 2, 3, 17, 256, 4096}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            all.add(bytes);
        }
        return all;
    }

    /** Values of headers. */
    static List<String> texts() {
        return List.of("", " ", ",", "=", "\u0000", "ü\uD83D\uDC90", "\uD800", "null", "0", "zz".repeat(32), "0".repeat(64), "x".repeat(20_000),
                "%s%n", "t=1,v1=", "====");
    }

    /** A notification with one thing in it that is not as it should be. */
    static List<byte[]> spoilt(byte[] body) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < body.length; i += Math.max(1, body.length / 40)) {
            all.add(Arrays.copyOf(body, i));
        }
        String text = new String(body, StandardCharsets.UTF_8);
        Matcher values = VALUE.matcher(text);
        while (values.find()) {
            for (String other : INSTEAD) {
                all.add((text.substring(0, values.start()) + other + text.substring(values.end())).getBytes(StandardCharsets.UTF_8));
            }
        }
        return all;
    }
}
