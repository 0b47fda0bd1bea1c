/** What every servlet of the control plane needs: bounded bodies, request ids, problem answers. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.http;

import org.jspecify.annotations.NullMarked;
