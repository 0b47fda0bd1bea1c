@NullMarked
package com.cloudnestle.marketplace.payment.internal;

import org.jspecify.annotations.NullMarked;
