/** Who is calling, and the rules of who may do what. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.access;

import org.jspecify.annotations.NullMarked;
