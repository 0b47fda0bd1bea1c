/** What the core takes from its process: time, a server secret, one-time notices. */
@NullMarked
package com.cloudnestle.marketplace.platform.internal;

import org.jspecify.annotations.NullMarked;
