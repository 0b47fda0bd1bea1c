/** Export and import of everything as lines of JSON, for any store behind the SPI. */
@NullMarked
package com.cloudnestle.marketplace.store.transfer.internal;

import org.jspecify.annotations.NullMarked;
