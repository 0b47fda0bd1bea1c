@NullMarked
package com.cloudnestle.marketplace.notification.internal;

import org.jspecify.annotations.NullMarked;
