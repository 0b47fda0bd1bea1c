/** What the explorer needs of the quota engine's inside. */
@NullMarked
package com.cloudnestle.marketplace.quota.internal;

import org.jspecify.annotations.NullMarked;
