/** What people do in their browsers: sign up and in, look after their account, their tokens and keys; and administrators. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.people;

import org.jspecify.annotations.NullMarked;
