@NullMarked
package com.cloudnestle.marketplace.identity.provider.internal;

import org.jspecify.annotations.NullMarked;
