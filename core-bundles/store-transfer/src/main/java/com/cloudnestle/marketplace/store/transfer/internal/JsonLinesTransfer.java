package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.StoreTransfer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transfers over whatever store is there. */
@Component
public final class JsonLinesTransfer implements StoreTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(JsonLinesTransfer.class);

    private final Store store;
    private final Scan scan;

    @Activate
    public JsonLinesTransfer(@Reference Store store, @Reference StoreScan scan, @Reference InstantSource clock) {
        this.store = store;
        this.scan = new Scan(scan, clock);
    }

    @Override
    public Report exportTo(Path target, Progress progress) throws IOException {
        Report report = new StoreExport(scan, progress).to(target);
        LOG.info("event=store_exported file={} items={} sha256={}", target, report.total(), report.sha256());
        return report;
    }

    @Override
    public Report importFrom(Path source, Mode mode, Progress progress) throws IOException {
        Report report = new StoreImport(store, scan, mode, progress).from(source);
        LOG.info("event=store_imported file={} mode={} items={} sha256={}", source, mode, report.total(), report.sha256());
        return report;
    }
}
