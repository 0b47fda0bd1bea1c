/** Fakes that behave like the real thing, a clock that tests turn by hand, and the contract suites. Test scope only. */
@Export
@Version("1.0.0")
@NullMarked
package com.cloudnestle.marketplace.testing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
