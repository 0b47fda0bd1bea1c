/** What every request passes before anything serves it: whose it is, what may not come in, what is sent with each answer. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.edge;

import org.jspecify.annotations.NullMarked;
