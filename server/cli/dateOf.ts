import { SyncError } from '../errors/SyncError.js';

/**
 * A date of the command line as ISO 8601 UTC; undefined where it was not given.
 * @throws SyncError InvalidRequest
 */
export function dateOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new SyncError('InvalidRequest', {
      method: `--${option}`,
      reason: `--${option} is not a valid date: ${text}`,
    });
  return date.toISOString();
}
