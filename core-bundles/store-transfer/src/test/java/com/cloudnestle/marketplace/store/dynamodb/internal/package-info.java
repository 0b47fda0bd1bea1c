/** Opens the store on DynamoDB without a container. */
@NullMarked
package com.cloudnestle.marketplace.store.dynamodb.internal;

import org.jspecify.annotations.NullMarked;
