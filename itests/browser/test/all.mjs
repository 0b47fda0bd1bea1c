// All tests, one after the other: two browsers would only take the processor from each other. The first makes the administrator.
import { readdirSync } from 'node:fs';

const first = 'setup.test.mjs';
const others = readdirSync(import.meta.dirname).filter(name => name.endsWith('.test.mjs') && name !== first).sort();
for (const name of [first, ...others]) await import(`./${name}`);
