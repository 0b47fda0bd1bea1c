/** What the runs with processes need of the store on SQLite. */
@NullMarked
package com.cloudnestle.marketplace.store.sqlite.internal;

import org.jspecify.annotations.NullMarked;
