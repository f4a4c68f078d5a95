import { reasonOf } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { printable } from '../platform/printable.js';

/** Takes one line for engine.log. */
export type EngineLog = (line: string) => void;

/** Where the lines of a service go, too. */
export interface EngineLogFile {
  readonly files: FolderFiles;
  readonly path: string;
  readonly mode: number;
}

/**
 * Lines with their time on standard error, which is engine.log for an engine that was started on demand. A service has
 * its own standard
 * error (a terminal, the journal, or none): its lines go to `file` too.
 */
export function createEngineLog(file?: EngineLogFile): EngineLog {
  return (line) => writeEngineText(`${new Date().toISOString()} ${printable(line)}\n`, file);
}

/** Writes a text as it is, to standard error and to the file. */
export function writeEngineText(text: string, file?: EngineLogFile): void {
  process.stderr.write(text);
  if (file !== undefined) appendLine(file, text);
}

/** A log that cannot be written ends nothing: standard error has the line. */
function appendLine({ files, path, mode }: EngineLogFile, text: string): void {
  try {
    const descriptor = files.openSync(path, 'a', mode);
    try {
      files.writeSync(descriptor, text);
    } finally {
      files.closeSync(descriptor);
    }
  } catch (caught) {
    process.stderr.write(`${path}: ${reasonOf(caught)}\n`);
  }
}
