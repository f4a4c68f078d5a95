import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { fieldsOf, secondsIn } from './processorTime.mjs';

let before = { at: Date.now(), processor: processorSeconds() };

/**
 * Writes a line for each file of tests: its name, the seconds that a worker had it for, and the seconds of processor time
 * of it and of all that it started, where the system (Linux) tells. Engines that outlive who started them are not in it.
 */
export const mochaHooks = {
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
      const fields = fieldsOf(readFileSync(`/proc/${name}/stat`, 'utf8'));
      table.set(Number(name), { parent: Number(fields[1]), seconds: secondsIn(fields) ?? 0 });
    } catch {
      // It has ended meanwhile.
    }
  }
  return table;
}
