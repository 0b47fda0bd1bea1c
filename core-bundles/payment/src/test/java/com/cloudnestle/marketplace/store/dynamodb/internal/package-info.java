/** Opens the store in tests of other parts: only its own package may. */
@NullMarked
package com.cloudnestle.marketplace.store.dynamodb.internal;

import org.jspecify.annotations.NullMarked;
