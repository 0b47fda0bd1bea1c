/** Real processes over one store that are killed, whose clocks differ and whose network fails; allowed units are counted outside. */
@NullMarked
package com.cloudnestle.marketplace.exactness.processes;

import org.jspecify.annotations.NullMarked;
