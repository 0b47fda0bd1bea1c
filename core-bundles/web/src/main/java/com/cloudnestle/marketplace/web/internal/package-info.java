/** The pages of the marketplace, as files of this bundle. */
@NullMarked
package com.cloudnestle.marketplace.web.internal;

import org.jspecify.annotations.NullMarked;
