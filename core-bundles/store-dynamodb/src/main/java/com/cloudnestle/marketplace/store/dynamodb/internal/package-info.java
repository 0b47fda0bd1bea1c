/**
 * The store for several nodes: Amazon DynamoDB. The only package of the platform that knows the AWS SDK, whose classes
 * are not touched unless this store is chosen.
 */
@NullMarked
package com.cloudnestle.marketplace.store.dynamodb.internal;

import org.jspecify.annotations.NullMarked;
