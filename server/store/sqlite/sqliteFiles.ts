/** The database of a site, where it is a file of SQLite; its log lies beside it. */
export const SQLITE_FILE = 'site.sqlite';

/** A copy of one moment, for a backup. */
export function heldFile(generation: number, number: number): string {
  return `held.${generation}.${number}.sqlite`;
}

/** True for a copy that an engine made for a backup. */
export function isHeldFile(name: string): boolean {
  return /^held\.\d+\.\d+\.sqlite(?:-journal|-wal|-shm)?$/.test(name);
}

/** An empty file by which others see, without opening the database, which engine has it. */
export function claimFile(generation: number): string {
  return `engine.${generation}`;
}

/** The generation a file name stands for, or undefined. */
export function parseClaimFile(name: string): number | undefined {
  const digits = /^engine\.(\d+)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
