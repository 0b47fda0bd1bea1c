package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** People who sign up as pages do it, with the code from their mail, and begin to buy. */
final class Buyers {
    private static final String PASSWORD = "a window over the harbour";
    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern CODE = Pattern.compile("(?m)^ {4}(\\S+)\\r?$");
    private static final Pattern TO = Pattern.compile("(?mi)^To: .*?([\\w.-]+@example\\.com)");

    private final Server server;
    private final String origin;
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Set<Path> read = new HashSet<>();

    Buyers(Server server) {
        this.server = server;
        this.origin = "http://127.0.0.1:" + server.port();
    }

    /** Somebody whose payment waits for him. */
    record Buyer(String customerId, String paymentId, long totalMinor) {}

    List<Buyer> come(int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Buyer>> visits = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                int each = number;
                visits.add(() -> comes(each));
            }
            List<Buyer> buyers = new ArrayList<>();
            for (Future<Buyer> visit : threads.invokeAll(visits)) {
                buyers.add(visit.get());
            }
            return buyers;
        } finally {
            threads.shutdownNow();
        }
    }

    private Buyer comes(int number) throws Exception {
        String email = "buyer-" + number + "@example.com";
        String network = "10." + number / 256 + "." + number % 256 + ".1";
        HttpResponse<String> pending = post("/api/auth/sign-up",
            "{\"email\": \"%s\", \"password\": \"%s\", \"language\": \"en\"}".formatted(email, PASSWORD), network, "");
        HttpResponse<String> confirmed = post("/api/auth/sign-up/confirm", "{\"code\": \"" + code(email) + "\"}", network, cookies(pending));
        String customer = Http.json(confirmed).required("account").required("id").asText();
        String session = cookies(confirmed);
        post("/api/registrations", "{\"solution_id\": \"" + Shop.SOLUTION + "\"}", network, session);
        JsonNode payment = Http.json(begins(network, session)).required("payment");
        return new Buyer(customer, payment.required("payment_id").asText(), payment.required("total").required("amount_minor").asLong());
    }

    /** Asks again under the same key while the gateway is not offered, as it is not while the provider was slow to say how it is. */
    private HttpResponse<String> begins(String network, String session) throws Exception {
        String json = """
            {"solution_id": "%s", "tier": "pro", "gateway": "razorpay", "idempotency_key": "first-try",
             "buyer": {"name": "Buyer", "country": "IN", "region": "29"}}
            """.formatted(Shop.SOLUTION);
        AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
        server.http().await("a payment by Razorpay begins", () -> {
            answer.set(send("/api/payments/initiate", json, network, session));
            return answer.get();
        }, said -> said.statusCode() / 100 == 2 && said.body().contains("\"state\":\"open\""));
        return answer.get();
    }

    private HttpResponse<String> post(String path, String json, String network, String cookies) throws Exception {
        HttpResponse<String> answer = send(path, json, network, cookies);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 299);
        return answer;
    }

    private HttpResponse<String> send(String path, String json, String network, String cookies) throws IOException, InterruptedException {
        List<String> headers = new ArrayList<>(List.of("Origin", origin, "X-Forwarded-For", network));
        if (!cookies.isEmpty()) {
            headers.addAll(List.of("Cookie", cookies));
        }
        return server.http().post(path, json, headers.toArray(String[]::new));
    }

    private static String cookies(HttpResponse<String> answer) {
        return String.join("; ", answer.headers().allValues("Set-Cookie").stream().map(each -> each.split(";")[0]).toList());
    }

    private String code(String email) throws Exception {
        long began = System.nanoTime();
        while (!codes.containsKey(email) && System.nanoTime() - began < PATIENCE.toNanos()) {
            Thread.sleep(20);
            readMails();
        }
        String code = codes.get(email);
        assertThat(code).as("a code for %s", email).isNotNull();
        return code;
    }

    /** Each mail of the outbox once. */
    private synchronized void readMails() throws IOException {
        Path outbox = server.data().resolve("outbox");
        if (!Files.isDirectory(outbox)) {
            return;
        }
        List<Path> mails;
        try (Stream<Path> files = Files.list(outbox)) {
            mails = files.filter(file -> file.getFileName().toString().endsWith(".eml") && !read.contains(file)).toList();
        }
        for (Path mail : mails) {
            read.add(mail);
            if (mail.getFileName().toString().contains("-verify-email-")) {
                remember(Files.readString(mail));
            }
        }
    }

    private void remember(String mail) {
        Matcher to = TO.matcher(mail);
        Matcher code = CODE.matcher(text(mail.replace("\r\n", "\n")));
        if (to.find() && code.find()) {
            codes.put(to.group(1), code.group(1));
        }
    }

    private static String text(String mail) {
        String part = mail.substring(mail.indexOf("Content-Type: text/plain"));
        int blank = part.indexOf("\n\n");
        String body = part.substring(blank + 2).split("(?m)^--")[0];
        return part.substring(0, blank).contains("base64")
            ? new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8) : body;
    }
}
