import { setTimeout as delay } from 'node:timers/promises';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** Waits until a process that is not a child of this one has ended, at most ten seconds. */
export async function processEnd(processId: number): Promise<void> {
  for (let round = 0; round < 400 && isAlive(processId); round += 1) await delay(25);
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (caught) {
    return systemErrorCode(caught) === 'EPERM';
  }
}
