/**
 * Every movement of money, by double entry: append-only, each transaction sums to zero.
 */
@Export
@Version("1.0.0")
@NullMarked
package com.cloudnestle.marketplace.ledger;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
