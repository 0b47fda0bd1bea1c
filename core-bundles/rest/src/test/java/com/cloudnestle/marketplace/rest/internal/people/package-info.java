@NullMarked
package com.cloudnestle.marketplace.rest.internal.people;

import org.jspecify.annotations.NullMarked;
