/** Plain pages for developers: a page per problem, the API description. No scripts of our own. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.pages;

import org.jspecify.annotations.NullMarked;
