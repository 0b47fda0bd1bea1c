/** Tests of the agent. */
@NullMarked
package com.cloudnestle.marketplace.agent;

import org.jspecify.annotations.NullMarked;
