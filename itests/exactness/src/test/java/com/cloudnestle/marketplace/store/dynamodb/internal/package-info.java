/** What the runs with processes need of the store on DynamoDB. */
@NullMarked
package com.cloudnestle.marketplace.store.dynamodb.internal;

import org.jspecify.annotations.NullMarked;
