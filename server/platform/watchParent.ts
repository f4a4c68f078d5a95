import { exists, readStat, stateInStat } from './processState.js';

const INTERVAL = 2000;

/** The parts of the system the watch looks at; replaced in tests. */
export interface ParentWatchOptions {
  readonly platform: NodeJS.Platform;
  readonly parentId: () => number;
  readonly readStat: (processId: number) => string | undefined;
  readonly isAlive: (processId: number) => boolean;
  readonly every: (milliseconds: number, action: () => void) => () => void;
  readonly soon: (action: () => void) => () => void;
}

/** The process that is watched; `isDirect` while it is the parent in the eyes of the system. */
interface WatchedParent {
  readonly parent: number;
  readonly started: string | undefined;
  readonly isDirect: boolean;
}

/**
 * Calls back once when the parent process is gone; the result ends the watch. `expected` is the id the caller gave of
 * itself: it may have ended before this process could look, or have started this one through a launcher of Node.js.
 */
export function watchParent(
  onGone: (reason: string) => void,
  options: ParentWatchOptions = realParentWatch,
  expected?: number,
): () => void {
  const parent = expected ?? options.parentId();
  const known: WatchedParent = {
    parent,
    started: startTimeOf(parent, options),
    isDirect: options.parentId() === parent,
  };
  const ends: (() => void)[] = [];
  const stop = (): void => ends.splice(0).forEach((end) => end());
  const look = (): void => {
    const reason = reasonGone(known, options);
    if (reason === undefined) return;
    stop();
    onGone(reason);
  };
  ends.push(options.every(INTERVAL, look));
  ends.push(options.soon(look));
  return stop;
}

/** Why the parent counts as gone, or undefined while it lives. */
export function reasonGone(known: WatchedParent, options: ParentWatchOptions): string | undefined {
  const { parent, started } = known;
  if (known.isDirect && options.parentId() !== parent) return `the parent process ${parent} ended`;
  if (!options.isAlive(parent) || isZombie(parent, options)) return `the parent process ${parent} ended`;
  // A process id is given out again; the start time tells the new process from the old one.
  if (started !== startTimeOf(parent, options))
    return `the parent process ${parent} ended and its id is used by another one`;
  return undefined;
}

/** A process that has ended and whose exit code nobody has asked for yet still has its id. */
function isZombie(processId: number, options: ParentWatchOptions): boolean {
  return options.platform === 'linux' && stateInStat(options.readStat(processId) ?? '') === 'gone';
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

/** This process. */
export const realParentWatch: ParentWatchOptions = {
  platform: process.platform,
  parentId: () => process.ppid,
  readStat,
  isAlive: exists,
  every: (milliseconds, action) => {
    const timer = setInterval(action, milliseconds).unref();
    return () => clearInterval(timer);
  },
  soon: (action) => {
    const turn = setImmediate(action);
    return () => clearImmediate(turn);
  },
};
