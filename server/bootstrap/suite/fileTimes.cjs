'use strict';
const { appendFileSync, readdirSync, readFileSync } = require('node:fs');

const TICKS_A_SECOND = 100;
// Fields of a process behind its name: user and system time, then those of children that were waited for.
const [FIRST, AFTER] = [11, 15];

let before = { at: Date.now(), processor: processorSeconds() };

/**
 * Writes a line for each file of tests: its name, the seconds that a worker had it for, and the seconds of processor time
 * of it and of all that it started, where the system (Linux) tells. Engines that outlive who started them are not in it.
 */
exports.mochaHooks = {
  afterAll() {
    const now = { at: Date.now(), processor: processorSeconds() };
    const file = this.test.parent.suites[0]?.file;
    const seconds = (now.at - before.at) / 1000;
    const processor = now.processor === undefined ? undefined : Math.max(0, now.processor - before.processor);
    if (file) appendFileSync(process.env.CONFIGMGRSYNC_TEST_TIMES, `${JSON.stringify({ file, seconds, processor })}\n`);
    before = now;
  },
};

/** Of this process and what it has waited for, and of what it started and is still there. */
function processorSeconds() {
  try {
    const table = processes();
    const mine = [process.pid];
    for (const id of mine) mine.push(...[...table.keys()].filter((other) => table.get(other).parent === id));
    return mine.reduce((sum, id) => sum + table.get(id).seconds, 0);
  } catch {
    // Another system.
    return undefined;
  }
}

function processes() {
  const table = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const ticks = fields.slice(FIRST, AFTER).reduce((sum, value) => sum + value, 0);
      table.set(Number(name), { parent: fields[1], seconds: ticks / TICKS_A_SECOND });
    } catch {
      // It has ended meanwhile.
    }
  }
  return table;
}
