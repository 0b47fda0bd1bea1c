/** Stands for Karaf's package in tests. */
@NullMarked
package org.apache.karaf.util.jaas;

import org.jspecify.annotations.NullMarked;
