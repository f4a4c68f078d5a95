import { appendFileSync } from 'node:fs';

/** Takes one line for engine.log. */
export type EngineLog = (line: string) => void;

/**
 * Lines with their time on standard error, which is engine.log for an engine that was started on demand. A service has
 * its own standard
 * error (a terminal, the journal, or none): its lines go to `file` too.
 */
export function createEngineLog(file?: { readonly path: string; readonly mode: number }): EngineLog {
  return (line) => {
    const text = `${new Date().toISOString()} ${line}\n`;
    process.stderr.write(text);
    if (file !== undefined) appendLine(file, text);
  };
}

/** A log that cannot be written ends nothing: standard error has the line. */
function appendLine(file: { readonly path: string; readonly mode: number }, text: string): void {
  try {
    appendFileSync(file.path, text, { mode: file.mode });
  } catch (caught) {
    process.stderr.write(`${file.path}: ${String(caught)}\n`);
  }
}
