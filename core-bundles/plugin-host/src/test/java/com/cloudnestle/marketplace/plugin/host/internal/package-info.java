@NullMarked
package com.cloudnestle.marketplace.plugin.host.internal;

import org.jspecify.annotations.NullMarked;
