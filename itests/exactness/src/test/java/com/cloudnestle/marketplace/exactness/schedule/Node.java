package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.testing.FixedNodes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One machine; each start of it is another life with another node id and nothing in memory. */
final class Node {

    private final World world;
    private final int index;
    private volatile Duration skew;
    private @Nullable Life life;
    private int lives;

    Node(World world, int index, Duration skew) {
        this.world = world;
        this.index = index;
        this.skew = skew;
    }

    void setSkew(Duration newSkew) {
        skew = newSkew;
    }

    int lives() {
        return lives;
    }

    /** The present life; a new one if there is none. */
    synchronized Life life() {
        if (life == null) {
            life = new Life(++lives);
        }
        return life;
    }

    synchronized @Nullable Life lifeIfAny() {
        return life;
    }

    private synchronized void forget(Life ended) {
        if (life == ended) {
            life = null;
        }
    }

    /** Body of an actor. */
    void play(Scenario.Script script) {
        boolean first = true;
        for (Operation operation : script.operations()) {
            if (!first && world.scenario().pausesBetweenCalls()) {
                world.pause(operation.what());
            }
            first = false;
            Life present = life();
            int faults = world.faultsOn(Actor.present());
            try {
                operation.call().on(present);
            } catch (NodeCrash e) {
                if (!present.dead || !world.scenario().restart) {
                    throw e;
                }
                forget(present);
            } catch (StoreException e) {
                world.ledger().failed(operation.what(), e);
                if (world.calm()) {
                    world.ledger().violated(operation.what() + " failed although nothing went wrong: " + e);
                }
            } catch (MarketplaceException e) {
                world.ledger().refused(operation.what(), e);
            } catch (RuntimeException e) {
                world.ledger().violated(operation.what() + " threw " + e);
            } finally {
                if (operation.losesWithFault() && world.faultsOn(Actor.present()) > faults) {
                    world.ledger().mayLose();
                }
            }
        }
    }

    final class Life {
        private final NodeStore store;
        private final KnownEntitlements entitlements = new KnownEntitlements();
        private final EngineMaker.Engine engine;
        private final InstantSource clock = () -> world.clock().instant().plus(skew);
        private volatile boolean dead;

        private Life(int number) {
            store = new NodeStore(world, index);
            world.truth().forEach(entitlements::learn);
            // one, as a node may believe for some seconds: it then counts ahead most
            FixedNodes nodes = new FixedNodes("node_%08d%08d".formatted(index + 1, number), 1);
            engine = world.maker().make(new EngineMaker.Surroundings(
                    store, world.catalog(), entitlements, world.audit(), nodes, clock, world.scenario().lease));
        }

        EngineMaker.Engine engine() {
            return engine;
        }

        Ledger ledger() {
            return world.ledger();
        }

        int node() {
            return index;
        }

        boolean dead() {
            return dead;
        }

        /** The node's clock goes on alone. */
        void wait(Duration time) {
            skew = skew.plus(time);
        }

        /** By the node's own clock. */
        Instant now() {
            return clock.instant();
        }

        /** Records an answer, unless the node ended before it could be given. */
        void answered(Runnable record) {
            if (dead) {
                throw new NodeCrash();
            }
            record.run();
        }

        void end() {
            forget(this);
        }

        void die() {
            dead = true;
            store.die();
        }

        void changeTier(String customer, String tier) {
            entitlements.learn(world.changeTier(customer, tier, index));
        }

        /** Asks until it is known that the counter is there. */
        void carryOver() {
            LocalDate today = LocalDate.ofInstant(world.clock().instant(), ZoneOffset.UTC);
            Entitlement entitlement = entitlements.find(Operation.ANN, FixedCatalog.SOLUTION).orElseThrow();
            CarriedUsage.Carried carried = engine.carriedUsage().carry(entitlement, world.catalog().entry(), FixedCatalog.ACTION,
                    Map.of(today, world.scenario().oldUsage));
            List<Write> writes = new ArrayList<>(carried.history());
            writes.add(0, carried.counter());
            while (true) {
                try {
                    store.transact(writes); // refused: it is there
                    return;
                } catch (StoreException e) {
                    // asked again: it is applied once
                }
            }
        }

        KnownEntitlements entitlements() {
            return entitlements;
        }
    }
}
