import { reasonOf, SyncError } from '../../errors/SyncError.js';

/** Primary result codes of SQLite. */
const CODE = { busy: 5, locked: 6, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;
const FAILED_WRITES: ReadonlySet<number> = new Set([CODE.full, CODE.readOnly, 10]);

/** Runs work on a database file; an error of SQLite becomes one of the table that names the file. */
export function onFile<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asSyncError(file, error);
  }
}

/** The error of the table that an error of SQLite is, with the file; others stay what they are. */
export function asSyncError(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const data = { path: file, reason: reasonOf(error) };
  if (code === CODE.corrupt || code === CODE.notADatabase) return new SyncError('StoreCorrupt', data, { cause: error });
  if (code === CODE.busy || code === CODE.locked)
    return new SyncError('DatabaseBusy', { path: file, holder: 'another process' }, { cause: error });
  return new SyncError(FAILED_WRITES.has(code) ? 'StoreWriteFailed' : 'StoreReadFailed', data, { cause: error });
}

/** The primary result code, undefined for an error that is not SQLite's about a file. */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  const code = error.errcode & 0xff;
  return code === CONSTRAINT || code === MISUSE ? undefined : code;
}

const CONSTRAINT = 19;
const MISUSE = 21;
