/** The built-in embedding model: latent semantic analysis over words and parts of words. */
@NullMarked
package com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding;

import org.jspecify.annotations.NullMarked;
