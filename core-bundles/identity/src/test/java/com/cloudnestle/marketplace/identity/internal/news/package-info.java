@NullMarked
package com.cloudnestle.marketplace.identity.internal.news;

import org.jspecify.annotations.NullMarked;
