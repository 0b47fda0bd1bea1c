/** Brings solutions that bundles register onto the air and takes them off again; holds no rule of access itself. */
@NullMarked
package com.cloudnestle.marketplace.plugin.host.internal;

import org.jspecify.annotations.NullMarked;
