/** What the solution says over HTTP. */
@NullMarked
package com.cloudnestle.marketplace.solutions.awsfinder.internal.rest;

import org.jspecify.annotations.NullMarked;
