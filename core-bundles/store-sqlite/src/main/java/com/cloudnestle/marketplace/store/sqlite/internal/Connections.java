package com.cloudnestle.marketplace.store.sqlite.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from. */
interface Connections {

    /** One that commits durably. There is one writer. */
    Connection writer(Path file) throws SQLException;

    /** One that cannot write. */
    Connection reader(Path file) throws SQLException;

    /** One that changes no setting of the file, to look before touching it. */
    Connection plain(Path file) throws SQLException;
}
