/** Accounts, and the way from an address to one. */
@NullMarked
package com.cloudnestle.marketplace.identity.internal.account;

import org.jspecify.annotations.NullMarked;
