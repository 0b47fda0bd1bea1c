/** CXF behind {@code RestRuntime}: requests come in by one servlet, which knows every mount. */
@NullMarked
package com.cloudnestle.marketplace.rest.runtime.internal;

import org.jspecify.annotations.NullMarked;
