package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Payment links, plans and subscriptions, on top of orders and payments. */
final class Agreements {

    private static final Set<String> PERIODS = Set.of("daily", "weekly", "monthly", "quarterly", "yearly");

    final Map<String, ObjectNode> links = new LinkedHashMap<>();
    final Map<String, ObjectNode> plans = new LinkedHashMap<>();
    final Map<String, ObjectNode> subscriptions = new LinkedHashMap<>();
    final Map<String, ObjectNode> invoices = new LinkedHashMap<>();
    private final Books books;
    private final Notifications notifications;
    private final String publicAddress;

    Agreements(Books books, Notifications notifications, String publicAddress) {
        this.books = books;
        this.notifications = notifications;
        this.publicAddress = publicAddress;
    }

    ObjectNode createLink(JsonNode body) {
        synchronized (books) {
            long amount = Books.requireAmount(body, "amount", 100);
            String reference = body.path("reference_id").asText("");
            if (reference.length() > 40) {
                throw ApiRefusal.bad("reference_id", "The reference id may not be greater than 40 characters.");
            }
            if (!reference.isEmpty() && links.values().stream().anyMatch(link -> link.path("reference_id").asText().equals(reference))) {
                throw ApiRefusal.bad("reference_id", "payment link creation failed: reference_id already exists");
            }
            long ends = body.path("expire_by").asLong(0);
            if (ends != 0 && ends < books.now() + 15 * 60) {
                throw ApiRefusal.bad("expire_by", "expire_by should be at least 15 minutes ahead of current time");
            }
            ObjectNode order = books.createOrder(Books.object().put("amount", amount).put("currency", Books.requireText(body, "currency", 3)));
            ObjectNode link = Books.object().put("id", books.id("plink_")).put("amount", amount).put("amount_paid", 0)
                    .put("currency", body.get("currency").textValue()).put("reference_id", reference).put("status", "created")
                    .put("order_id", order.get("id").textValue()).put("expire_by", ends)
                    .put("callback_url", body.path("callback_url").asText("")).put("callback_method", body.path("callback_method").asText(""))
                    .put("description", body.path("description").asText("")).put("created_at", books.now());
            link.put("short_url", publicAddress + "/l/" + link.get("id").textValue());
            link.putNull("payments");
            Books.copyNotes(body, link);
            links.put(link.get("id").textValue(), link);
            return link.deepCopy();
        }
    }

    ObjectNode links(Map<String, String> query) {
        synchronized (books) {
            String reference = query.getOrDefault("reference_id", "");
            List<ObjectNode> wanted = links.values().stream()
                    .filter(link -> reference.isEmpty() || link.get("reference_id").textValue().equals(reference)).toList();
            ObjectNode answer = Books.object();
            answer.set("payment_links", Books.collection(wanted, query).get("items"));
            return answer;
        }
    }

    ObjectNode cancelLink(String id) {
        synchronized (books) {
            ObjectNode link = Books.require(links, id);
            if (!link.get("status").textValue().equals("created")) {
                throw ApiRefusal.bad("Payment link cannot be cancelled in its present state");
            }
            link.put("status", "cancelled");
            notifications.happened("payment_link.cancelled", id, Map.of("payment_link", link));
            return link.deepCopy();
        }
    }

    void expireLink(String id) {
        synchronized (books) {
            ObjectNode link = Books.require(links, id);
            link.put("status", "expired");
            notifications.happened("payment_link.expired", id, Map.of("payment_link", link));
        }
    }

    /** The buyer pays on the page of the link. */
    ObjectNode payLink(String id) {
        synchronized (books) {
            ObjectNode link = Books.require(links, id);
            if (!link.get("status").textValue().equals("created")) {
                throw ApiRefusal.bad("Payment link is not open");
            }
            ObjectNode payment = books.attempt(link.get("order_id").textValue(), "upi");
            books.authorize(payment);
            books.collect(payment);
            link.put("status", "paid").put("amount_paid", payment.get("amount").longValue());
            link.putArray("payments").addObject().put("payment_id", payment.get("id").textValue()).put("status", "captured")
                    .put("amount", payment.get("amount").longValue()).put("method", "upi").put("created_at", books.now());
            Map<String, ObjectNode> all = new LinkedHashMap<>();
            all.put("payment_link", link);
            all.put("order", Books.require(books.orders, link.get("order_id").textValue()));
            all.put("payment", payment);
            notifications.happened("payment_link.paid", id, all);
            return payment.deepCopy();
        }
    }

    ObjectNode createPlan(JsonNode body) {
        synchronized (books) {
            if (!PERIODS.contains(body.path("period").asText(""))) {
                throw ApiRefusal.bad("period", "Not a valid period");
            }
            Books.requireAmount(body.path("item"), "amount", 100);
            Books.requireText(body.path("item"), "name", 200);
            ObjectNode plan = Books.object().put("id", books.id("plan_")).put("entity", "plan").put("interval", body.path("interval").asInt(1))
                    .put("period", body.get("period").textValue());
            ((ObjectNode) plan.set("item", body.get("item").deepCopy()).get("item")).put("id", books.id("item_")).put("active", true);
            Books.copyNotes(body, plan);
            plan.put("created_at", books.now());
            plans.put(plan.get("id").textValue(), plan);
            return plan.deepCopy();
        }
    }

    ObjectNode createSubscription(JsonNode body) {
        synchronized (books) {
            String plan = body.path("plan_id").asText("");
            Books.require(plans, plan);
            int total = body.path("total_count").asInt(0);
            if (total < 1) {
                throw ApiRefusal.bad("total_count", "The total count must be at least 1.");
            }
            ObjectNode subscription = Books.object().put("id", books.id("sub_")).put("entity", "subscription").put("plan_id", plan)
                    .put("status", "created").putNull("current_start").putNull("current_end").put("total_count", total).put("paid_count", 0)
                    .put("remaining_count", total).put("auth_attempts", 0).put("customer_notify", body.path("customer_notify").asBoolean(true))
                    .put("expire_by", body.path("expire_by").asLong(0)).put("has_scheduled_changes", false).put("created_at", books.now());
            subscription.put("short_url", publicAddress + "/s/" + subscription.get("id").textValue());
            Books.copyNotes(body, subscription);
            subscriptions.put(subscription.get("id").textValue(), subscription);
            return subscription.deepCopy();
        }
    }

    /** Moves it on as Razorpay would, and tells of it. */
    ObjectNode subscriptionBecomes(String id, String status, Set<String> from) {
        synchronized (books) {
            ObjectNode subscription = Books.require(subscriptions, id);
            if (!from.contains(subscription.get("status").textValue())) {
                throw ApiRefusal.bad("Subscription cannot become " + status + " in " + subscription.get("status").textValue() + " state");
            }
            subscription.put("status", status);
            notifications.happened("subscription." + (status.equals("active") ? "activated" : status), id, Map.of("subscription", subscription));
            return subscription.deepCopy();
        }
    }

    /** A charge is tried in vain; an active subscription is pending from then on, one that is pending stays so. */
    void chargeFails(String id) {
        synchronized (books) {
            ObjectNode subscription = Books.require(subscriptions, id);
            if (!Set.of("active", "pending").contains(subscription.get("status").textValue())) {
                throw ApiRefusal.bad("Subscription is not charged in " + subscription.get("status").textValue() + " state");
            }
            ObjectNode payment = books.attempt(orderOf(subscription), "upi");
            books.fail(payment);
            subscription.put("status", "pending");
            notifications.happened("subscription.pending", id, both(subscription, payment));
        }
    }

    private String orderOf(ObjectNode subscription) {
        ObjectNode item = (ObjectNode) Books.require(plans, subscription.get("plan_id").textValue()).get("item");
        return books.createOrder(Books.object().put("amount", item.get("amount").longValue()).put("currency", item.get("currency").textValue()))
                .get("id").textValue();
    }

    private static Map<String, ObjectNode> both(ObjectNode subscription, ObjectNode payment) {
        Map<String, ObjectNode> both = new LinkedHashMap<>();
        both.put("subscription", subscription);
        both.put("payment", payment);
        return both;
    }

    /** A cycle is charged. */
    ObjectNode chargeSubscription(String id) {
        synchronized (books) {
            ObjectNode subscription = Books.require(subscriptions, id);
            ObjectNode payment = books.attempt(orderOf(subscription), "upi");
            books.authorize(payment);
            books.collect(payment);
            ObjectNode invoice = Books.object().put("id", books.id("inv_")).put("entity", "invoice").put("type", "invoice")
                    .put("subscription_id", id).put("order_id", payment.get("order_id").textValue()).put("payment_id", payment.get("id").textValue())
                    .put("amount", payment.get("amount").longValue()).put("currency", payment.get("currency").textValue()).put("status", "paid")
                    .put("created_at", books.now());
            invoices.put(invoice.get("id").textValue(), invoice);
            subscription.put("status", "active").put("paid_count", subscription.get("paid_count").intValue() + 1)
                    .put("remaining_count", subscription.get("remaining_count").intValue() - 1);
            notifications.happened("subscription.charged", id, both(subscription, payment));
            return payment.deepCopy();
        }
    }

    ObjectNode cancelSubscription(String id, JsonNode body) {
        synchronized (books) {
            ObjectNode subscription = Books.require(subscriptions, id);
            if (Set.of("cancelled", "completed", "expired").contains(subscription.get("status").textValue())) {
                throw ApiRefusal.bad("Subscription is not cancellable in " + subscription.get("status").textValue() + " status.");
            }
            JsonNode later = body.path("cancel_at_cycle_end");
            if (later.asBoolean(false) || later.asText("").equals("1")) {
                subscription.put("has_scheduled_changes", true);
                return subscription.deepCopy();
            }
            return subscriptionBecomes(id, "cancelled", Set.of(subscription.get("status").textValue()));
        }
    }
}
