/** Tests of the built distribution: its features, its behaviour in a container and as a process. */
@NullMarked
package com.cloudnestle.marketplace.it;

import org.jspecify.annotations.NullMarked;
