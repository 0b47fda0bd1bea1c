/** Bare Jetty peers of the decision endpoint. */
@NullMarked
package com.cloudnestle.marketplace.benchmarks.jetty;

import org.jspecify.annotations.NullMarked;
