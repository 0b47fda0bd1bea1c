package com.cloudnestle.marketplace.gateway.phonepe.internal;

/**
 * What the access token is asked for with.
 *
 * @param version as PhonePe gave it with the keys; 1 in its sandbox
 */
record ClientKeys(String id, Secret secret, String version) {}
