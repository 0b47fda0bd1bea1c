/** The hot path: may this caller use this action once more? */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.decision;

import org.jspecify.annotations.NullMarked;
