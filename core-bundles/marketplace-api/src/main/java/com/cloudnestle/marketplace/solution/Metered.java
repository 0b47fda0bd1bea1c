package com.cloudnestle.marketplace.solution;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a JAX-RS method whose calls cost units. The platform decides before the method is called and answers 429 in its
 * place when nothing is left; an answer of 400 or above costs nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Metered {

    /** The action, one of the meters in the solution's descriptor. */
    String value();

    /** Units each call costs, at least 1. */
    long units() default 1;
}
