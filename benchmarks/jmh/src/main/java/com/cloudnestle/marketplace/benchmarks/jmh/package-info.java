/** Decisions inside one process: the real services, wired without a container. */
@NullMarked
package com.cloudnestle.marketplace.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
