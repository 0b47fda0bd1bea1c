/** Access to the embedded store for tests of this module. */
@NullMarked
package com.cloudnestle.marketplace.store.sqlite.internal;

import org.jspecify.annotations.NullMarked;
