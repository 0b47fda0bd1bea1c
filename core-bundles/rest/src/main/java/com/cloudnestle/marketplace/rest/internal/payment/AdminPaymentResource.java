package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.PaymentPage;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentRequests.RefundRequest;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.AdminPaymentsView;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.PaymentDetailView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Everybody's payments, for administrators. Rule of all: the operator, by the admin key or signed in. */
@Component(service = AdminPaymentResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AdminPaymentResource {

    private static final int PAGE = 50;

    private final Callers callers;
    private final InstalledPayments payments;

    @Activate
    public AdminPaymentResource(@Reference Callers callers, @Reference InstalledPayments payments) {
        this.callers = callers;
        this.payments = payments;
    }

    /** Newest first; in one state, or of one customer; or the one with this invoice or credit note. */
    @GET
    public Response list(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("state") @Nullable String state,
            @QueryParam("customer_id") @Nullable String customerId,
            @QueryParam("document") @Nullable String document,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        admin(authorization);
        int most = Answers.number("limit", limit, PAGE, PaymentResource.MAX_PAGE);
        if (document != null && !document.isBlank()) {
            return Answers.ok(AdminPaymentsView.of(documented(document)));
        }
        String customer = customerId == null || customerId.isEmpty() ? null : customerId;
        return Answers.ok(AdminPaymentsView.of(
                payments.require().search(state(state), customer, most, PaymentResource.cursor(cursor))));
    }

    private PaymentPage documented(String number) {
        try {
            return new PaymentPage(List.of(payments.require().inspect(number).payment()), Optional.empty());
        } catch (MarketplaceException e) {
            if (e.problem() == Problem.PAYMENT_UNKNOWN) {
                return new PaymentPage(List.of(), Optional.empty()); // a search that finds nothing is no error
            }
            throw e;
        }
    }

    @GET
    @Path("{id}")
    public Response one(@HeaderParam("Authorization") @Nullable String authorization, @PathParam("id") String id) {
        admin(authorization);
        return Answers.ok(PaymentDetailView.of(payments.require().inspect(id)));
    }

    @POST
    @Path("{id}/reconcile")
    public Response reconcile(@HeaderParam("Authorization") @Nullable String authorization, @PathParam("id") String id) {
        Caller admin = admin(authorization);
        return Answers.ok(PaymentDetailView.of(payments.require().reconcile(id, admin.actor())));
    }

    @POST
    @Path("{id}/refund")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response refund(
            @HeaderParam("Authorization") @Nullable String authorization,
            @HeaderParam(PaymentResource.IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            @PathParam("id") String id,
            @Nullable RefundRequest sent) {
        Caller admin = admin(authorization);
        RefundRequest body = Answers.body(sent);
        String reason = Answers.required("reason", body.reason());
        String key = PaymentRequests.key(idempotencyKey, body.idempotencyKey());
        Payments present = payments.require();
        Optional<Money> amount = Optional.ofNullable(body.amountMinor())
                .map(minor -> new Money(minor, present.inspect(id).payment().quote().total().currency()));
        return Answers.ok(PaymentDetailView.of(present.refund(id, amount, reason, key, admin.actor())));
    }

    private Caller admin(@Nullable String authorization) {
        Caller caller = callers.of(authorization);
        caller.mustBeAdmin();
        return caller;
    }

    private static @Nullable State state(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : State.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw MarketplaceException.invalid("state", "is created, open, paid, failed, expired, held or refunded");
        }
    }
}
