/** API keys of people. */
@NullMarked
package com.cloudnestle.marketplace.identity.internal.key;

import org.jspecify.annotations.NullMarked;
