/** The sample solution: everything a plugin needs, and nothing else. */
@NullMarked
package com.cloudnestle.marketplace.solutions.wordcount;

import org.jspecify.annotations.NullMarked;
