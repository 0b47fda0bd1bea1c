/**
 * A model checker for the quota engine: the real code, every interleaving of its store calls, with faults between them.
 */
@NullMarked
package com.cloudnestle.marketplace.exactness.schedule;

import org.jspecify.annotations.NullMarked;
