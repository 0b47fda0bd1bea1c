/** A java agent that keeps Karaf's login subject working on JDK 24 and newer; unused on older ones. */
@NullMarked
package com.cloudnestle.marketplace.agent;

import org.jspecify.annotations.NullMarked;
