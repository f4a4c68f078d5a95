import { readFileSync } from 'node:fs';
import { systemErrorCode } from './systemErrorCode.js';

/** `stopped`: it exists but is not given time (SIGSTOP, a debugger); told on Linux only. */
type ProcessState = 'gone' | 'stopped' | 'running';

/** What becomes of a process at this moment. */
export function processState(processId: number, platform: NodeJS.Platform = process.platform): ProcessState {
  if (platform === 'linux') return stateInStat(readStat(processId));
  return exists(processId) ? 'running' : 'gone';
}

/** Text of /proc/PID/stat; undefined when the process does not exist, '' when it may not be read. */
export function readStat(processId: number): string | undefined {
  try {
    return readFileSync(`/proc/${processId}/stat`, 'utf8');
  } catch (caught) {
    return ['ENOENT', 'ESRCH'].includes(systemErrorCode(caught)) ? undefined : '';
  }
}

/** Tells whether a process exists; one of another account does. */
export function exists(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (caught) {
    return systemErrorCode(caught) === 'EPERM';
  }
}

/** Field 3 of /proc/PID/stat; the name in field 2 may hold spaces and parentheses. */
export function stateInStat(stat: string | undefined): ProcessState {
  if (stat === undefined) return 'gone';
  const letter = stat.charAt(stat.lastIndexOf(')') + 2);
  if (letter === 'Z' || letter === 'X') return 'gone';
  return letter === 'T' || letter === 't' ? 'stopped' : 'running';
}
