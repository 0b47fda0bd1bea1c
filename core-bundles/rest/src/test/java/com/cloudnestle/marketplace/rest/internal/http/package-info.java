@NullMarked
package com.cloudnestle.marketplace.rest.internal.http;

import org.jspecify.annotations.NullMarked;
