/** Who is signed in where, and how one gets there. */
@NullMarked
package com.cloudnestle.marketplace.identity.internal.session;

import org.jspecify.annotations.NullMarked;
