@NullMarked
package com.cloudnestle.marketplace.catalog.internal;

import org.jspecify.annotations.NullMarked;
