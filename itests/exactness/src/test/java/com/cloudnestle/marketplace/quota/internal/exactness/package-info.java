/** What the explorer needs of the quota engine; below the engine's package, so that a changed engine is loaded together with it. */
@NullMarked
package com.cloudnestle.marketplace.quota.internal.exactness;

import org.jspecify.annotations.NullMarked;
