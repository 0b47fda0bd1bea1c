@NullMarked
package com.cloudnestle.marketplace.store.transfer.internal;

import org.jspecify.annotations.NullMarked;
