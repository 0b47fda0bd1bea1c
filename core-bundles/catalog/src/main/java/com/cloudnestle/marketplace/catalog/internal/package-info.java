/** The catalogue: descriptors in the store, tier profiles as data. */
@NullMarked
package com.cloudnestle.marketplace.catalog.internal;

import org.jspecify.annotations.NullMarked;
