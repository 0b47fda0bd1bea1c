// Pairs of windows in alternating order, and what their ratios say.
import { load } from './load.mjs';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function spread(values) {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values), values };
}

/** Pairs that are loaded before those that count: what a side gave up while the other was warmed, it has back by then. */
const SETTLING = 3;

/**
 * Measures left against right: A B, B A, A B, ... so that a drift of the machine hits both alike.
 * @returns spreads of processor time and rate of each side, and of the ratio left / right within each pair
 */
export async function compare(left, right, { pairs, seconds, connections }) {
  const found = [];
  for (let pair = -SETTLING; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? ['left', 'right'] : ['right', 'left'];
    const both = {};
    for (const side of order) {
      both[side] = await load(side === 'left' ? left : right, seconds, { connections });
    }
    if (pair >= 0) found.push(both);
  }
  const of = (side, key) => spread(found.map((both) => both[side][key]));
  const sum = (side, key) => found.reduce((total, both) => total + both[side][key], 0);
  return {
    left: { cpu: of('left', 'cpu'), rate: of('left', 'rate'), p99: of('left', 'p99'), refused: sum('left', 'refused'), broken: sum('left', 'broken') },
    right: { cpu: of('right', 'cpu'), rate: of('right', 'rate'), p99: of('right', 'p99'), refused: sum('right', 'refused'), broken: sum('right', 'broken') },
    cpu: spread(found.map((both) => both.left.cpu / both.right.cpu)),
    rate: spread(found.map((both) => both.left.rate / both.right.rate)),
  };
}
