/** The decision as a Spring Boot application with Redis would do it. */
@NullMarked
package com.cloudnestle.marketplace.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
