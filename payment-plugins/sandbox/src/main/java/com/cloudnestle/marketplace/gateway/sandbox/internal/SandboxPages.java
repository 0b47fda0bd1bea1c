package com.cloudnestle.marketplace.gateway.sandbox.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The page on which buyers "pay": {@code /sandbox-pay/{order}} shows it, {@code POST /sandbox-pay/{order}/{deed}} does what a button
 * says and sends the browser back to the shop. The key of an order cannot be guessed; who knows it is its buyer.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-sandbox-pay",
    "osgi.http.whiteboard.servlet.pattern=/sandbox-pay/*"})
public final class SandboxPages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SandboxProvider provider;

    @Activate
    public SandboxPages(@Reference SandboxProvider provider) {
        this.provider = provider;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        provider.listensAt(here(request));
        String[] path = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1).split("/", -1);
        Optional<Order> order = provider.books().byId(path[0]);
        Optional<Choice> choice = path.length == 2 ? Choice.named(path[1]) : Optional.empty();
        boolean page = path.length == 1;
        if (order.isEmpty() || !page && choice.isEmpty()) {
            PayPage.send(response, 404, PayPage.nothing(), Optional.empty());
        } else if (page ? !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD") : !request.getMethod().equals("POST")) {
            response.setHeader("Allow", page ? "GET, HEAD" : "POST");
            PayPage.send(response, 405, PayPage.nothing(), Optional.empty());
        } else if (page) {
            PayPage.send(response, 200, PayPage.of(order.get(), request.getRequestURI(), provider.books().now()), PayPage.shop(order.get()));
        } else {
            act(order.get(), choice.orElseThrow(), response);
        }
    }

    private void act(Order before, Choice choice, HttpServletResponse response) throws IOException {
        long now = provider.books().now();
        if (!choice.fits(before, now)) {
            PayPage.send(response, 409, PayPage.tooLate(before, now), PayPage.shop(before));
            return;
        }
        choice.act(provider.books(), before.key());
        Order after = provider.books().byId(before.id()).orElse(before);
        Map<String, String> proof = after.paid() ? SandboxGateway.proof(provider.keys(), after) : Map.of();
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Location", back(after.returnUrl(), proof));
    }

    private static String back(String returnUrl, Map<String, String> proof) {
        String query = proof.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        int fragment = returnUrl.indexOf('#');
        String address = fragment < 0 ? returnUrl : returnUrl.substring(0, fragment);
        return query.isEmpty() ? address : address + (address.contains("?") ? "&" : "?") + query;
    }

    /** Where this request was taken: notifications go to the same server, whatever name the browser has for it. */
    private static URI here(HttpServletRequest request) {
        String address = request.getLocalAddr();
        return URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + request.getLocalPort());
    }
}
