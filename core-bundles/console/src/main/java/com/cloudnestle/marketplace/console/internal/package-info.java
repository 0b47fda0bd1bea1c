/**
 * The shell commands of the scope {@code market} and their completers. Each command reads its arguments, asks the
 * platform's services and shows the answer; no rule of the marketplace is decided here.
 */
@NullMarked
package com.cloudnestle.marketplace.console.internal;

import org.jspecify.annotations.NullMarked;
