/**
 * DynamoDB for tests: {@link com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal} runs the emulator as a process of
 * its own, {@link com.cloudnestle.marketplace.dynamodb.local.FaultProxy} stands before it and makes the faults of a
 * network and of a busy service, which the emulator never makes.
 */
@NullMarked
package com.cloudnestle.marketplace.dynamodb.local;

import org.jspecify.annotations.NullMarked;
