/**
 * The storage SPI: one small key/value contract with conditional writes that an embedded file and a cloud table can
 * both keep exactly. Only {@code store-*} bundles implement it; core bundles are its only callers.
 */
@Export
@Version("1.1.0")
@NullMarked
package com.cloudnestle.marketplace.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
