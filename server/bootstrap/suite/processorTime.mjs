import { readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/**
 * Seconds of processor time of this process and of all that it and they have waited for, where the system (Linux)
 * tells. Engines that outlive who started them are not in it.
 */
export function processorSeconds(read = () => readFileSync('/proc/self/stat', 'utf8')) {
  try {
    return secondsIn(fieldsOf(read()));
  } catch {
    // Another system.
    return undefined;
  }
}

/** The fields of a process behind its name, which is in brackets and may hold spaces. */
export function fieldsOf(text) {
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** User and system time, own and of children that were waited for: fields 14 to 17 of all. */
export function secondsIn(fields) {
  const seconds = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_A_SECOND;
  return fields.length < 15 || !Number.isFinite(seconds) ? undefined : seconds;
}
