@NullMarked
package com.cloudnestle.marketplace.console.internal;

import org.jspecify.annotations.NullMarked;
