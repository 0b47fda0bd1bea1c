package com.cloudnestle.marketplace.gateway.phonepe.server;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that the buyer sees, with a button for each thing he can do, and the script that shows it in a frame. */
final class PaymentPage {

    private static final Pattern PAGE = Pattern.compile("/transact/([A-Za-z0-9]+)(?:/(pay|pay-unnotified|mistype|fail|cancel))?");

    private final Book book;
    private final Notifier notifier;

    PaymentPage(Book book, Notifier notifier) {
        this.book = book;
        this.notifier = notifier;
    }

    Optional<Reply> answer(Asked asked) {
        if (asked.path().equals("/web/bundle/checkout.js")) {
            return Optional.of(Reply.script(SCRIPT));
        }
        Matcher page = PAGE.matcher(asked.path());
        if (!page.matches()) {
            return Optional.empty();
        }
        Optional<Order> order = book.byProviderKey(page.group(1)).filter(one -> asked.query().contains("token=" + one.token));
        if (order.isEmpty()) {
            return Optional.of(Reply.html(404, "<!doctype html><title>Unknown</title><p>There is no such payment."));
        }
        boolean framed = asked.query().contains("frame=1");
        return Optional.of(page.group(2) == null ? shown(order.get(), framed)
                : asked.method().equals("POST") ? done(order.get(), page.group(2), framed) : Reply.none(405));
    }

    private Reply shown(Order order, boolean framed) {
        String title = "PhonePe contract server";
        if (!order.open()) {
            return Reply.html(200, "<!doctype html><title>" + title + "</title><p>This payment is over: " + order.state);
        }
        String query = "?token=" + order.token + (framed ? "&amp;frame=1" : "");
        StringBuilder page = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><title>").append(title)
                .append("</title><meta name=viewport content='width=device-width'><style>body{font:16px sans-serif;max-width:24rem;margin:3rem auto}"
                        + "button{display:block;width:100%;margin:.5rem 0;padding:.7rem}</style><h1>").append(title)
                .append("</h1><p>No money is moved here.<p>Order ").append(order.merchantOrderId)
                .append("<p><strong>&#8377; ").append(BigDecimal.valueOf(order.asked, 2).toPlainString()).append("</strong>");
        button(page, order, "pay", query, "Pay by UPI");
        button(page, order, "pay-unnotified", query, "Pay, and lose the notification");
        button(page, order, "mistype", query, "Mistype the PIN");
        button(page, order, "fail", query, "Fail");
        button(page, order, "cancel", query, "Go back without paying");
        return Reply.html(200, page.toString());
    }

    private static void button(StringBuilder page, Order order, String deed, String query, String label) {
        page.append("<form method=post action='/transact/").append(order.orderId).append('/').append(deed).append(query)
                .append("'><button name=deed value=").append(deed).append('>').append(label).append("</button></form>");
    }

    private Reply done(Order order, String deed, boolean framed) {
        if (order.open()) {
            switch (deed) {
                case "pay" -> book.pay(order, order.asked, "");
                case "pay-unnotified" -> notifier.muted(() -> book.pay(order, order.asked, ""));
                case "mistype" -> book.attempt(order);
                case "fail" -> book.fail(order, "INSUFFICIENT_FUNDS", "Z9");
                default -> { }
            }
        }
        if (deed.equals("mistype")) {
            return Reply.to(303, "/transact/" + order.orderId + "?token=" + order.token + (framed ? "&frame=1" : ""));
        }
        if (!framed) {
            return Reply.to(303, order.redirectUrl);
        }
        String word = deed.equals("cancel") ? "USER_CANCEL" : "CONCLUDED";
        return Reply.html(200, "<!doctype html><title>Done</title><script>parent.postMessage({phonepe:'" + word + "'},'*')</script>");
    }

    private static final String SCRIPT = """
            window.PhonePeCheckout = {
              transact({ tokenUrl, callback, type }) {
                if (type !== 'IFRAME') { location.assign(tokenUrl); return; }
                const frame = document.createElement('iframe');
                frame.title = 'PhonePe';
                frame.src = tokenUrl + '&frame=1';
                frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0;background:#fff;z-index:9999';
                const listen = event => {
                  if (event.source !== frame.contentWindow || !event.data || !event.data.phonepe) return;
                  removeEventListener('message', listen);
                  frame.remove();
                  callback(event.data.phonepe);
                };
                addEventListener('message', listen);
                document.body.append(frame);
              },
              closePage() { document.querySelectorAll('iframe[title=PhonePe]').forEach(frame => frame.remove()); },
            };
            """;
}
