@NullMarked
package com.cloudnestle.marketplace.architecture;

import org.jspecify.annotations.NullMarked;
