import { readFileSync } from 'node:fs';
import { systemErrorCode } from './systemErrorCode.js';

const interval = 2000;

/** The parts of the system the watch looks at; replaced in tests. */
export interface ParentWatchOptions {
  readonly platform: NodeJS.Platform;
  readonly parentId: () => number;
  readonly readStat: (processId: number) => string | undefined;
  readonly isAlive: (processId: number) => boolean;
  readonly every: (milliseconds: number, action: () => void) => () => void;
}

/** Calls back once when the parent process is gone; the result ends the watch. */
export function watchParent(onGone: (reason: string) => void, options: ParentWatchOptions = realOptions): () => void {
  const parent = options.parentId();
  const started = startTimeOf(parent, options);
  const stop = options.every(interval, () => {
    const reason = reasonGone({ parent, started }, options);
    if (reason === undefined) return;
    stop();
    onGone(reason);
  });
  return stop;
}

/** Why the parent counts as gone, or undefined while it lives. */
export function reasonGone(known: { parent: number; started: string | undefined }, options: ParentWatchOptions): string | undefined {
  const { parent, started } = known;
  if (options.parentId() !== parent) return `the parent process ${parent} ended`;
  if (!options.isAlive(parent)) return `the parent process ${parent} ended`;
  // A process id is given out again; the start time tells the new process from the old one.
  if (started !== startTimeOf(parent, options)) return `the parent process ${parent} ended and its id is used by another one`;
  return undefined;
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and parentheses. */
export function startTimeInStat(stat: string): string | undefined {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return afterName[19];
}

function startTimeOf(processId: number, options: ParentWatchOptions): string | undefined {
  if (options.platform !== 'linux') return undefined;
  const stat = options.readStat(processId);
  return stat === undefined ? undefined : startTimeInStat(stat);
}

const realOptions: ParentWatchOptions = {
  platform: process.platform,
  parentId: () => process.ppid,
  readStat: (processId) => {
    try {
      return readFileSync(`/proc/${processId}/stat`, 'utf8');
    } catch (caught) {
      return systemErrorCode(caught) === 'ENOENT' ? undefined : '';
    }
  },
  isAlive: (processId) => {
    try {
      return process.kill(processId, 0);
    } catch (caught) {
      // EPERM: it lives but belongs to another account.
      return systemErrorCode(caught) === 'EPERM';
    }
  },
  every: (milliseconds, action) => {
    const timer = setInterval(action, milliseconds).unref();
    return () => clearInterval(timer);
  },
};
