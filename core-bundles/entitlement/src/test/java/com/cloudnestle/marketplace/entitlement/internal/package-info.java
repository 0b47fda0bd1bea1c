@NullMarked
package com.cloudnestle.marketplace.entitlement.internal;

import org.jspecify.annotations.NullMarked;
