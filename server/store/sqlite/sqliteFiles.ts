/** The database of a site, where it is a file of SQLite; its log lies beside it. */
export const SQLITE_FILE = 'site.sqlite';

/** The file with what SQLite puts beside it. */
export const SQLITE_FILES = [
  SQLITE_FILE,
  `${SQLITE_FILE}-wal`,
  `${SQLITE_FILE}-shm`,
  `${SQLITE_FILE}-journal`,
] as const;

/** A copy of one moment, for a backup. */
export function heldFile(generation: number, number: number): string {
  return `held.${generation}.${number}.sqlite`;
}

/** True for a copy that an engine made for a backup. */
export function isHeldFile(name: string): boolean {
  return /^held\.\d+\.\d+\.sqlite(?:-journal|-wal|-shm)?$/.test(name);
}

/** The name of a file that is being made of the documents. */
export function madeFile(generation: number): string {
  return `made.${generation}.sqlite`;
}

/** True for what a repair left that was killed. */
export function isMadeFile(name: string): boolean {
  return /^made\.\d+\.sqlite(?:-journal|-wal|-shm)?$/.test(name);
}
