import { join } from 'node:path';
import type { FileCalls } from '../platform/files/FileCalls.js';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { SiteFolder } from './SiteFolder.js';

/**
 * What `restore.json` of a site folder holds: a restore that has been decided. From then on it is carried out, whoever
 * opens the site next, until the note is gone.
 */
export interface RestoreNote {
  readonly format: 1;
  /** Higher than that of every engine before: those that are paused lose the site. */
  readonly generation: number;
  /** Names that come out of the folder `restore.new`, in the place of those of the site. */
  readonly put: readonly string[];
  /** Names that go with what is replaced, and have no successor. */
  readonly away: readonly string[];
}

type NotePlace = Pick<SiteFolder, 'path' | 'files'>;

/** Names of a restore in the site folder. */
export const restoreFiles = { note: 'restore.json', restoring: 'restore.new', replaced: 'restore.old' } as const;

/** Reads the note; undefined where no restore has been decided. */
export function readRestoreNote({
  path,
  files,
}: {
  path: string;
  files: Pick<FileCalls, 'readFileSync'>;
}): RestoreNote | undefined {
  try {
    return JSON.parse(files.readFileSync(join(path, restoreFiles.note)).toString('utf8')) as RestoreNote;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Decides a restore: durable on return. */
export async function writeRestoreNote({ path, files }: NotePlace, note: RestoreNote): Promise<void> {
  await replaceFile(join(path, restoreFiles.note), `${JSON.stringify(note)}\n`, { files, mode: 0o660 });
}
