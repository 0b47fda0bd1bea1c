package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentRequests.BuyerRequest;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentRequests.PurchaseRequest;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentRequests.QuoteRequest;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentRequests.VerifyRequest;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.PaymentAnswer;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.PaymentsView;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.QuotedView;
import com.cloudnestle.marketplace.rest.internal.payment.ReceiptViews.HoldingsView;
import com.cloudnestle.marketplace.rest.internal.payment.ReceiptViews.ReceiptView;
import com.cloudnestle.marketplace.rest.internal.people.SignedIn;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What buyers do. Rule: the person, about their own payments; whoever looks on sees them. */
@Component(service = PaymentResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class PaymentResource {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final int PAGE = 20;
    static final int MAX_PAGE = 100;

    private final SignedIn signedIn;
    private final InstalledPayments payments;

    @Activate
    public PaymentResource(@Reference SignedIn signedIn, @Reference InstalledPayments payments) {
        this.signedIn = signedIn;
        this.payments = payments;
    }

    /** What it would cost, with all taxes, and where it can be paid. */
    @POST
    @Path("quote")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response quote(@Nullable QuoteRequest sent) {
        Account buyer = signedIn.owner().account();
        QuoteRequest body = Answers.body(sent);
        Payments present = payments.require();
        Quote quote = present.quote(buyer.id(), Answers.required("solution_id", body.solutionId()),
                Answers.required("tier", body.tier()), BuyerRequest.buyer(body.buyer()));
        return Answers.ok(QuotedView.of(quote, present.offers(quote.solutionId(), quote.total())));
    }

    @POST
    @Path("initiate")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response initiate(
            @Context HttpServletRequest request,
            @HeaderParam(IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            @Nullable PurchaseRequest sent) {
        Account buyer = signedIn.owner().account();
        PurchaseRequest body = Answers.body(sent);
        Payment payment = payments.require().initiate(new Purchase(
                buyer.id(),
                Answers.required("solution_id", body.solutionId()),
                Answers.required("tier", body.tier()),
                BuyerRequest.buyer(body.buyer()),
                body.gateway() == null || body.gateway().isEmpty() ? null : body.gateway(),
                body.returnAddress(request),
                PaymentRequests.key(idempotencyKey, body.idempotencyKey())));
        return Answers.of(201, PaymentAnswer.of(payment));
    }

    @POST
    @Path("verify")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response verify(@Nullable VerifyRequest sent) {
        Account buyer = signedIn.owner().account();
        VerifyRequest body = Answers.body(sent);
        String paymentId = Answers.required("payment_id", body.paymentId());
        return Answers.ok(PaymentAnswer.of(payments.require().verify(buyer.id(), paymentId, body.returnProof())));
    }

    @GET
    @Path("history")
    public Response history(@QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Account buyer = signedIn.person().account();
        int most = Answers.number("limit", limit, PAGE, MAX_PAGE);
        return Answers.ok(PaymentsView.of(payments.require().history(buyer.id(), most, cursor(cursor))));
    }

    /** What the caller has by payments that end. */
    @GET
    @Path("holdings")
    public Response holdings() {
        Account buyer = signedIn.person().account();
        return Answers.ok(HoldingsView.of(payments.require().holdings(buyer.id())));
    }

    /** The payment with the documents of its refunds. */
    @GET
    @Path("{id}/receipt")
    public Response receipt(@PathParam("id") String id) {
        Account buyer = signedIn.person().account();
        return Answers.ok(ReceiptView.of(payments.require().receipt(buyer.id(), id)));
    }

    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id) {
        Account buyer = signedIn.person().account();
        return Answers.ok(PaymentAnswer.of(payments.require().find(buyer.id(), id)));
    }

    static @Nullable String cursor(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
