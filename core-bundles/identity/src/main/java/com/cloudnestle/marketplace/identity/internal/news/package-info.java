/** What people are told of their solutions. */
@NullMarked
package com.cloudnestle.marketplace.identity.internal.news;

import org.jspecify.annotations.NullMarked;
