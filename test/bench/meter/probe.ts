/**
 * Loaded by NODE_OPTIONS into every Node.js process of a product that is measured: tells the meter what the process has
 * used, when asked and at its end. Works with every commit, because it touches nothing of the product.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { ENDINGS_VARIABLE, METER_VARIABLE, type ProcessUsage } from './ProcessUsage.js';

const meter = process.env[METER_VARIABLE];
const endings = process.env[ENDINGS_VARIABLE];
if (isMainThread && meter !== undefined && endings !== undefined) report(meter, endings);

function report(address: string, folder: string): void {
  const file = path.join(folder, `${process.pid}-${Date.now()}.json`);
  process.on('exit', () => {
    writeFileSync(`${file}.part`, JSON.stringify(usage()));
    renameSync(`${file}.part`, file);
  });
  const socket = connect(address).unref();
  // A meter that has gone is no matter of the product.
  socket.on('error', () => undefined);
  socket.on('data', () => socket.write(`${JSON.stringify(usage())}\n`));
  socket.write(`${JSON.stringify({ ...usage(), file })}\n`);
}

function usage(): ProcessUsage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    processId: process.pid,
    words: process.argv.slice(2),
    processorMs: (userCPUTime + systemCPUTime) / 1000,
    peakBytes: (highWaterKilobytes() ?? maxRSS) * 1024,
    memoryBytes: process.memoryUsage.rss(),
  };
}

/** On Linux maxRSS is never below what the process that started this one had. */
function highWaterKilobytes(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const found = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return found === undefined ? undefined : Number(found);
}
