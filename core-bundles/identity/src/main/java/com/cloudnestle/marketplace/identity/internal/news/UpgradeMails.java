package com.cloudnestle.marketplace.identity.internal.news;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.TierListener;
import com.cloudnestle.marketplace.identity.internal.account.AccountItems;
import com.cloudnestle.marketplace.identity.internal.account.PersonMails;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Confirms a higher tier by mail. The change's id is the mail's key: told twice, it is still one mail. */
@Component(service = TierListener.class)
public final class UpgradeMails implements TierListener {

    private final AccountItems accounts;
    private final CatalogService catalog;
    private final PersonMails mails;

    @Activate
    public UpgradeMails(@Reference AccountItems accounts, @Reference CatalogService catalog, @Reference PersonMails mails) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.mails = mails;
    }

    @Override
    public void raised(Raise raise) {
        String solution = catalog.find(raise.solutionId()).map((CatalogEntry entry) -> entry.descriptor().name())
                .orElse(raise.solutionId());
        accounts.find(raise.customerId())
                .ifPresent(account -> mails.upgraded(account.account(), raise.id(), solution, raise.tier()));
    }
}
