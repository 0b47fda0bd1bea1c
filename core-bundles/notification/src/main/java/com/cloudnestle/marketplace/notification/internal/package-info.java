/** The outbox in the store, the templates, and the ways a mail leaves. */
@NullMarked
package com.cloudnestle.marketplace.notification.internal;

import org.jspecify.annotations.NullMarked;
