import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { exists } from '../processState.js';
import { systemErrorCode } from '../systemErrorCode.js';
import type { FolderFiles } from './folderFiles.js';
import { isHeld, removeWithRetry } from './heldFiles.js';

/** A turn takes milliseconds. Where one is older than this, in ms, its number is another process's now. */
const LONGEST = 30_000;
const PAUSE = 25;

/** What a turn needs. */
interface TurnOptions {
  readonly files: FolderFiles;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Does work on a file while no other process does such work on it. Each process puts a file of its own beside it, and
 * works where it then sees none of another living one: of two, at least the later one sees the other. A file of a
 * process that was killed counts no more, and is removed: its name never comes again.
 */
export async function inFileTurn<Result>(
  path: string,
  work: () => Promise<Result>,
  { files, pause = delay }: TurnOptions,
): Promise<Result> {
  for (;;) {
    if (othersAtWork(path, { files, now: Date.now() }).length === 0) {
      const outcome = await tryTurn(path, work, files);
      if (outcome !== undefined) return outcome.result;
    }
    // Of different length each time, so that those who hindered each other do not meet again.
    await pause(1 + Math.random() * PAUSE);
  }
}

/** Undefined where another process has a turn, or wants one. */
async function tryTurn<Result>(
  path: string,
  work: () => Promise<Result>,
  files: FolderFiles,
): Promise<{ readonly result: Result } | undefined> {
  const mine = `${path}.${machine()}.${process.pid}.${randomBytes(8).toString('hex')}.turn`;
  files.closeSync(files.openSync(mine, 'wx', 0o660));
  try {
    // By the clock of the disk, which may be that of another machine.
    const others = othersAtWork(path, { files, mine, now: files.lstatSync(mine).mtimeMs });
    if (others.length > 0) return undefined;
    for (const left of turnsOf(path, files)) if (left !== mine) await removeWithRetry(files, left);
    return { result: await work() };
  } finally {
    await removeWithRetry(files, mine);
  }
}

interface Look {
  readonly files: FolderFiles;
  readonly now: number;
  readonly mine?: string;
}

function othersAtWork(path: string, { files, now, mine }: Look): readonly string[] {
  return turnsOf(path, files).filter((turn) => turn !== mine && isAtWork(turn, files, now));
}

/** Files of turns, of the living and the dead. */
function turnsOf(path: string, files: FolderFiles): readonly string[] {
  const start = `${basename(path)}.`;
  const names = files.readdirSync(dirname(path)).filter((name) => name.startsWith(start) && TURN.test(name));
  return names.map((name) => join(dirname(path), name));
}

const TURN = /\.([0-9a-f]{8})\.(\d+)\.[0-9a-f]{16}\.turn$/;

/** The number of a process says nothing on another machine, or in another container. */
function isAtWork(turn: string, files: FolderFiles, now: number): boolean {
  const [, on, id] = TURN.exec(turn) ?? [];
  if (on === machine() && !exists(Number(id))) return false;
  const started = startOf(turn, files);
  return started !== undefined && now - started < LONGEST;
}

/** Undefined where the turn has ended meanwhile. */
function startOf(turn: string, files: FolderFiles): number | undefined {
  try {
    return files.lstatSync(turn).mtimeMs;
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return undefined;
    // On Windows, also one that is just being removed.
    if (isHeld(caught)) return Number.POSITIVE_INFINITY;
    throw caught;
  }
}

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}
