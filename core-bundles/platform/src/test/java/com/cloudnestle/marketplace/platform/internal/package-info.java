@NullMarked
package com.cloudnestle.marketplace.platform.internal;

import org.jspecify.annotations.NullMarked;
