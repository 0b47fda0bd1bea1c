@NullMarked
package com.cloudnestle.marketplace.dynamodb.local;

import org.jspecify.annotations.NullMarked;
