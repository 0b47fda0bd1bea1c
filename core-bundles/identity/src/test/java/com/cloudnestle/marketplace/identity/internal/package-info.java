@NullMarked
package com.cloudnestle.marketplace.identity.internal;

import org.jspecify.annotations.NullMarked;
