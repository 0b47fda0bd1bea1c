package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.audit.AuditLog;
import java.time.InstantSource;

class RecordingAuditLogTest extends AuditLogContract {

    @Override
    protected AuditLog log(InstantSource clock) {
        return new RecordingAuditLog(clock);
    }
}
