package com.cloudnestle.marketplace.console.internal;

import java.util.function.Consumer;

/**
 * What a command found out.
 *
 * @param data for programs: records, lists and maps; their names in snake case are the JSON
 * @param text for people
 */
record Answer(Object data, Consumer<Screen> text) {}
