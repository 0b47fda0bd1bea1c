package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.exactness.schedule.Scheduler.Chooser;
import com.cloudnestle.marketplace.exactness.schedule.Scheduler.Option;
import java.util.ArrayList;
import java.util.List;

/**
 * Enumerates all interleavings of a run: depth first, each run from its start, with the choices of the run before up to the last
 * one that has an alternative left. Runs that differ only in the order of steps that commute are tried once (sleep sets:
 * what was tried at a choice need not be tried again below its siblings until something happens that it does not commute with).
 *
 * @see <a href="https://doi.org/10.1007/3-540-60761-7">P. Godefroid, Partial-Order Methods for the Verification of Concurrent
 *     Systems</a>
 */
final class Explorer implements Chooser {

    /** One choice on the path. */
    private static final class Choice {
        private final List<Option> options;
        private final List<Option> asleep;
        private final List<Option> tried = new ArrayList<>();
        private Option present;

        private Choice(List<Option> options, List<Option> asleep, Option first) {
            this.options = options;
            this.asleep = asleep;
            this.present = first;
        }

        /** The next option that was neither tried here nor, in a sibling, to the same effect. */
        private boolean advance() {
            tried.add(present);
            for (Option option : options) {
                if (tried.stream().noneMatch(option::sameAs) && asleep.stream().noneMatch(option::sameAs)) {
                    present = option;
                    return true;
                }
            }
            return false;
        }

        /** What sleeps after the present option. */
        private List<Option> below() {
            List<Option> below = new ArrayList<>();
            for (Option option : asleep) {
                if (option.commutes(present)) {
                    below.add(option);
                }
            }
            for (Option option : tried) {
                if (option.commutes(present)) {
                    below.add(option);
                }
            }
            return below;
        }
    }

    private final List<Choice> path = new ArrayList<>();
    private final boolean reduce;
    private int depth;
    private long diverged;

    /** @param reduce whether to leave out runs that differ only in the order of steps that commute */
    Explorer(boolean reduce) {
        this.reduce = reduce;
    }

    /** Runs whose choices were not those of the run before, because of what threads do between their steps. */
    long diverged() {
        return diverged;
    }

    @Override
    public int choose(List<Option> options) {
        if (depth < path.size()) {
            Option wanted = path.get(depth++).present;
            for (int i = 0; i < options.size(); i++) {
                if (options.get(i).sameAs(wanted)) {
                    return i;
                }
            }
            diverged++;
            path.subList(depth - 1, path.size()).clear();
            depth--;
        }
        List<Option> asleep = path.isEmpty() || !reduce ? List.of() : path.get(path.size() - 1).below();
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            if (asleep.stream().noneMatch(option::sameAs)) {
                path.add(new Choice(List.copyOf(options), asleep, option));
                depth++;
                return i;
            }
        }
        return STOP;
    }

    /** Prepares the next run; false when there is none. */
    boolean next() {
        depth = 0;
        while (!path.isEmpty()) {
            if (path.get(path.size() - 1).advance()) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }
}
