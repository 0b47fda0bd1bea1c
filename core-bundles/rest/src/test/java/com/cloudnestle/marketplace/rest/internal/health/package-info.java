/** Is this server alive, and can it do its work? */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.health;

import org.jspecify.annotations.NullMarked;
