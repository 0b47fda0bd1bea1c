/** What HTTP itself costs on the marketplace's server: the floor that its decision endpoint is compared with. */
@NullMarked
package com.cloudnestle.marketplace.benchmarks.noop;

import org.jspecify.annotations.NullMarked;
