/** Text as vectors: what a search solution needs to find by meaning, and what a bundle with a language model can supply. */
@Export
@Version("1.0.0")
@NullMarked
package com.cloudnestle.marketplace.embedding;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
