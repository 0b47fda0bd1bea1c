package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What a buyer can make happen on the page. */
enum Choice {
    PAY("Pay", "The payment succeeds at once.", Order::payable, Books::pay),
    FAIL("Fail", "The bank declines.", Order::payable, Books::fail),
    ABANDON("Abandon", "Back to the shop without paying. The payment stays open until its time is over.", Order::payable,
            (books, key) -> {}),
    LATER("Pay, and the money takes its time", "The payment succeeds ten seconds after you are back.", Order::payable,
            (books, key) -> books.payLater(key, SandboxProvider.LATER)),
    TWICE("Pay, and be told three times", "The payment succeeds, and the same notification comes three times.", Order::payable,
            (books, key) -> books.payAndRepeat(key, 3)),
    SILENT("Pay, and no notification comes", "The payment succeeds, and the provider forgets to say so.", Order::payable,
            Books::paySilently),
    FAIL_THEN_PAY("Fail, then succeed", "The payment fails, and ten seconds later the money comes all the same.", Order::payable,
            (books, key) -> books.failAndPayLater(key, SandboxProvider.LATER)),
    LATE("Let the money come all the same", "The payment that failed, or whose time was over, succeeds after all.",
            order -> order.state() == Order.State.FAILED || order.state() == Order.State.EXPIRED, Books::pay);

    private final String label;
    private final String meaning;
    private final Predicate<Order> fits;
    private final BiConsumer<Books, String> deed;

    Choice(String label, String meaning, Predicate<Order> fits, BiConsumer<Books, String> deed) {
        this.label = label;
        this.meaning = meaning;
        this.fits = fits;
        this.deed = deed;
    }

    static Optional<Choice> named(String name) {
        return Arrays.stream(values()).filter(choice -> choice.path().equals(name)).findFirst();
    }

    String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String label() {
        return label;
    }

    String meaning() {
        return meaning;
    }

    /** Whether it can still be chosen. */
    boolean fits(Order order) {
        return fits.test(order);
    }

    /** @param key of the order at the merchant */
    void act(Books books, String key) {
        deed.accept(books, key);
    }
}
