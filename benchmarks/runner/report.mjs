// The same result as text for a terminal, Markdown for the documentation, and a chart.

const figure = (value, digits = 2) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : digits));
const ratio = (s) => `${figure(s.median)} (${figure(s.low)}–${figure(s.high)})`;
const micro = (s) => (s.median > 0 ? figure(s.median, 1) : '–');

function verdict(c) {
  if (!c.goal) return '';
  return `${c.goal.text}: ${c.goal.met(c) ? 'reached' : 'missed'}`;
}

function comparisonRows(report) {
  return report.comparisons.map((c) => (c.skipped
    ? [c.title, '', '', '', '', `left out: ${c.skipped}`]
    : [c.title, ratio(c.cpu), ratio(c.rate), `${micro(c.left.cpu)} / ${micro(c.right.cpu)}`,
      `${figure(c.left.rate.median)} / ${figure(c.right.rate.median)}`,
      [verdict(c), c.steady ? '' : 'not steady when measured', c.left.broken + c.right.broken ? 'BROKEN CONNECTIONS' : '', c.left.refused + c.right.refused ? 'REFUSED REQUESTS' : ''].filter(Boolean).join('; ')]));
}

const COMPARISON_HEAD = ['first / second', 'CPU per request, ratio', 'requests a second, ratio', 'CPU µs per request', 'requests a second', 'goal'];
const EXACT_HEAD = ['limited tokens', 'limits allow', 'client saw allowed', 'refused', 'store counts', ''];
const LEDGER_HEAD = ['all load', 'client saw allowed', 'store counts', 'cut off at most', ''];
const INPROCESS_HEAD = ['in process', 'p50', 'p99', 'per second', 'remark'];

const count = (n) => (n === null || n === undefined ? 'not asked' : n.toLocaleString('en'));
const right = (check) => (check.ok ? (check.stored === null ? 'exact by the client' : 'exact') : `WRONG ${check.why ?? ''}`);
const exactRows = (report) => report.checks.map((c) => [c.name, count(c.expected), count(c.allowed), count(c.refused), count(c.stored), right(c)]);
const ledgerRows = (report) => report.ledgers.map((l) => [l.name, count(l.allowed), count(l.stored), count(l.inFlight), l.ok ? 'agrees' : 'WRONG']);
const inProcessRows = (report) => report.inProcess.map((r) => [r.name, r.p50 ?? '', r.p99 ?? '', r.rate ?? '', r.remark ?? '']);

function sections(report) {
  return [
    [COMPARISON_HEAD, comparisonRows(report)],
    [EXACT_HEAD, exactRows(report)],
    [LEDGER_HEAD, ledgerRows(report)],
    [INPROCESS_HEAD, inProcessRows(report)],
  ].filter(([, rows]) => rows.length > 0);
}

function pad(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells) => cells.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd();
  return [line(head), line(widths.map((w) => '-'.repeat(w))), ...rows.map(line)].join('\n');
}

export function text(report) {
  return [conditionLines(report).join('\n'), ...sections(report).map(([head, rows]) => pad(head, rows))].join('\n\n');
}

function conditionLines({ conditions: c }) {
  return [
    `${c.date}, commit ${c.commit}`,
    `${c.machine}; load average at the start ${c.loadAtStart}`,
    Object.entries(c.versions).map(([name, version]) => `${name} ${version}`).join(', '),
    `${c.pairs} pairs of ${c.seconds} s windows (half as many where there is no goal), ${c.tokens.toLocaleString('en')} tokens${c.quick ? '; a quick run: it proves that the harness works, not how fast anything is' : ''}`,
  ];
}

const table = (head, rows) => [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`,
  ...rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)].join('\n');

export function markdown(report, svg) {
  const measured = report.comparisons.filter((c) => !c.skipped);
  const parts = [
    '# Benchmarks',
    'Written by `benchmarks/run --out docs/benchmarks.md`; do not edit. What it does and how to read it: [benchmarks/README.md](../benchmarks/README.md).',
    '## Conditions',
    conditionLines(report).map((line) => `- ${line}`).join('\n'),
  ];
  if (report.comparisons.length > 0) {
    parts.push('## Over HTTP', 'Ratios are the first named over the second, within pairs of windows one after the other: median (lowest–highest). '
      + 'CPU is that of all processes of a server, its database included, without the load generator.',
    table(COMPARISON_HEAD, comparisonRows(report)));
    if (measured.length > 0) parts.push(`![Ratios with their ranges](${svg})`);
    parts.push('### What each comparison tells, and what not', report.comparisons.map((c) => `- **${c.title}.** ${c.note}`).join('\n'));
  }
  if (report.checks.length > 0) {
    parts.push('## Exactness in the same run', 'Tokens with a small limit, asked for more than they have by 32 connections at once.', table(EXACT_HEAD, exactRows(report)));
  }
  if (report.ledgers.length > 0) {
    parts.push('Everything that was allowed during the load above, against what the store counts afterwards. When a window ends, answers on their way are '
      + 'cut off: the store may count one more per connection and window.', table(LEDGER_HEAD, ledgerRows(report)));
  }
  if (report.inProcess.length > 0) parts.push('## In process', table(INPROCESS_HEAD, inProcessRows(report)));
  return `${parts.join('\n\n')}\n`;
}

const escape = (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Bars on a logarithmic scale: 1 is "the same"; a whisker spans all pairs. */
export function chart(report) {
  const bars = report.comparisons.filter((c) => !c.skipped).map((c) => ({ title: c.title, by: c.by, ...c[c.by], goal: c.goal }));
  const values = bars.flatMap((bar) => [bar.low, bar.high, 1]);
  const low = Math.log(Math.min(0.5, ...values) * 0.9);
  const high = Math.log(Math.max(2, ...values) * 1.1);
  const [left, width, row] = [460, 420, 34];
  const x = (value) => left + ((Math.log(value) - low) / (high - low)) * width;
  const height = 50 + bars.length * row + 30;
  const ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].filter((tick) => Math.log(tick) > low && Math.log(tick) < high);
  const grid = ticks.map((tick) => `<line x1="${x(tick).toFixed(1)}" y1="40" x2="${x(tick).toFixed(1)}" y2="${height - 30}" stroke="${tick === 1 ? '#333' : '#ddd'}"/>`
    + `<text x="${x(tick).toFixed(1)}" y="${height - 14}" text-anchor="middle">${tick}</text>`).join('\n');
  const drawn = bars.map((bar, i) => {
    const y = 50 + i * row;
    const [from, to] = [Math.min(x(1), x(bar.median)), Math.max(x(1), x(bar.median))];
    return `<text x="${left - 12}" y="${y + 15}" text-anchor="end">${escape(bar.title)}</text>
<rect x="${from.toFixed(1)}" y="${y + 3}" width="${Math.max(1, to - from).toFixed(1)}" height="16" fill="${bar.by === 'cpu' ? '#4477aa' : '#cc8844'}"/>
<line x1="${x(bar.low).toFixed(1)}" y1="${y + 11}" x2="${x(bar.high).toFixed(1)}" y2="${y + 11}" stroke="#000" stroke-width="1.5"/>
<text x="${left + width + 12}" y="${y + 15}">${figure(bar.median)}</text>`;
  }).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 70}" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-label="Ratios of the comparisons">
<rect width="100%" height="100%" fill="#fff"/>
<text x="${left}" y="22"><tspan fill="#4477aa">■</tspan> CPU per request   <tspan fill="#cc8844">■</tspan> requests a second   (first / second, logarithmic; line: lowest to highest pair)</text>
${grid}
${drawn}
</svg>
`;
}
