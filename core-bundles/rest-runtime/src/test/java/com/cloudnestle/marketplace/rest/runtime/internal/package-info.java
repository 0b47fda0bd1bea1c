@NullMarked
package com.cloudnestle.marketplace.rest.runtime.internal;

import org.jspecify.annotations.NullMarked;
