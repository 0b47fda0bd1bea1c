/** The AWS Solution Finder: finds services, reference architectures and solutions by the problem they solve. */
@NullMarked
package com.cloudnestle.marketplace.solutions.awsfinder.internal;

import org.jspecify.annotations.NullMarked;
