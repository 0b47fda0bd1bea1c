/** Search over the catalogue: BM25 and vectors in a Lucene index in memory, fused by rank. */
@NullMarked
package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import org.jspecify.annotations.NullMarked;
