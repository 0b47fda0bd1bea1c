@NullMarked
package com.cloudnestle.marketplace.rest.internal.payment;

import org.jspecify.annotations.NullMarked;
