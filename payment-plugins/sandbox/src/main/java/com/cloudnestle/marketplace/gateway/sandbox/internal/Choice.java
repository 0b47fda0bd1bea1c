package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a buyer can make happen on the page. */
enum Choice {
    PAY("Pay", "The payment succeeds at once.", Order::payable, Books::pay),
    FAIL("Fail", "The bank declines. You can come back and try again until the payment's time is over.", Order::payable, Books::fail),
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
    LATE("Let the money come all the same", "The try that failed, or the payment whose time was over, succeeds after all.",
            (order, now) -> order.state() == Order.State.FAILED || order.state() == Order.State.EXPIRED, Books::pay);

    private final String label;
    private final String meaning;
    private final Fitting fits;
    private final BiConsumer<Books, String> deed;

    private interface Fitting {
        boolean test(Order order, long now);
    }

    Choice(String label, String meaning, Fitting fits, BiConsumer<Books, String> deed) {
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

    /**
     * Whether it can still be chosen.
     *
     * @param now milliseconds since 1970
     */
    boolean fits(Order order, long now) {
        return fits.test(order, now);
    }

    /** @param key of the order at the merchant */
    void act(Books books, String key) {
        deed.accept(books, key);
    }
}
