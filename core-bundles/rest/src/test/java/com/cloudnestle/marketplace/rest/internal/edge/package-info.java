@NullMarked
package com.cloudnestle.marketplace.rest.internal.edge;

import org.jspecify.annotations.NullMarked;
