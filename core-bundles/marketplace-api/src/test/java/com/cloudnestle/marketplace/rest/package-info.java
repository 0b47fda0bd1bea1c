@NullMarked
package com.cloudnestle.marketplace.rest;

import org.jspecify.annotations.NullMarked;
