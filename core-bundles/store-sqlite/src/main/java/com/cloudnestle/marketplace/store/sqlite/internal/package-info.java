/**
 * The embedded store: one SQLite file, one writer that commits many waiting writes with one fsync, a few readers.
 * The only package of the platform that knows JDBC.
 */
@NullMarked
package com.cloudnestle.marketplace.store.sqlite.internal;

import org.jspecify.annotations.NullMarked;
