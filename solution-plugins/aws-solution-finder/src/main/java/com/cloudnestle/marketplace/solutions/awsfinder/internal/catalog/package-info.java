/** The catalogue: data files of AWS services, architectures and solutions, read and checked. */
@NullMarked
package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import org.jspecify.annotations.NullMarked;
