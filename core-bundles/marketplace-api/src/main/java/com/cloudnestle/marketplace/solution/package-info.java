/**
 * The contract of a solution plugin: what a bundle registers so that the platform lists, mounts, gates and meters it.
 */
@Export
@Version("1.0.0")
@NullMarked
package com.cloudnestle.marketplace.solution;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
