package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What payments tell of people. The law wants payments kept: erasing takes the buyer's name and address from them, at once or, where an
 * invoice must have them, when the law allows it: {@link BuyerRule}. A payment that is still open then gives nothing any more; what
 * comes for it goes back.
 */
@Component
public final class PaymentData implements PersonalData {

    private final Store store;

    @Activate
    public PaymentData(@Reference Store store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "payments";
    }

    @Override
    public String export(String customerId) {
        return PersonalJson.array(payments(customerId).stream().map(PaymentData::json).toList());
    }

    private static String json(StoredPayment stored) {
        Payment payment = stored.view();
        return new PersonalJson()
                .text("payment_id", payment.id())
                .text("created_at", payment.createdAt().toString())
                .text("state", payment.state().name().toLowerCase(Locale.ROOT))
                .text("solution_id", payment.quote().solutionId())
                .text("tier", payment.quote().tier())
                .text("total", payment.quote().total().toString())
                .text("refunded", payment.refunded().toString())
                .text("invoice_number", payment.invoiceNumber().orElse(""))
                .text("gateway", payment.gateway())
                .text("method", payment.method())
                .text("buyer_name", payment.buyer().name())
                .text("buyer_address", payment.buyer().address())
                .text("buyer_country", payment.buyer().country())
                .text("buyer_region", payment.buyer().region())
                .text("buyer_tax_id", payment.buyer().taxId())
                .text("buyer_kept_until", BuyerRule.keptUntil(stored).map(Instant::toString).orElse(""))
                .toString();
    }

    @Override
    public void erase(String customerId, String actor) {
        for (StoredPayment payment : payments(customerId)) {
            erase(payment);
        }
    }

    /** What is kept may change until it is written: an invoice may have come meanwhile. */
    private void erase(StoredPayment payment) {
        Optional<StoredPayment> seen = Optional.of(payment);
        for (int i = 0; seen.isPresent(); i++) {
            if (i == PaymentBook.MAX_TRIES) {
                throw PaymentBook.tooManyRaces();
            }
            if (store.transact(BuyerRule.erased(seen.get())).applied()) {
                return;
            }
            seen = store.get(payment.item().key()).map(StoredPayment::new);
        }
    }

    private List<StoredPayment> payments(String customerId) {
        List<StoredPayment> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.PAYMENT_TRANSACTIONS, Keys.customer(customerId), Keys.LISTED, false, Store.MAX_PAGE,
                    cursor.orElse(null));
            for (Item item : page.items()) {
                item.string("payment").flatMap(id -> store.get(Keys.payment(id))).map(StoredPayment::new).ifPresent(found::add);
            }
            cursor = page.cursor();
        } while (cursor.isPresent());
        return found;
    }
}
