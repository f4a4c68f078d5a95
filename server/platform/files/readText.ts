import { SyncError } from '../../errors/SyncError.js';
import type { FileCalls } from './FileCalls.js';

/** No description, note or secret of a site comes near it. */
const LONGEST = 16 * 1024 * 1024;
const PIECE = 4096;

/** Reads a small file of text. @throws SyncError SiteFolderNotTrusted for one that is none, and errors of the system */
export function readText(files: Pick<FileCalls, 'lstatSync' | 'readFileSync'>, path: string): string {
  if (files.lstatSync(path).size > LONGEST)
    throw new SyncError('SiteFolderNotTrusted', { path, reason: `it has more than ${LONGEST} bytes` });
  return files.readFileSync(path).toString('utf8');
}

/** Reads an open file to its end. */
export function readOpen(calls: Pick<FileCalls, 'fstatSync' | 'readSync'>, descriptor: number): Buffer {
  const pieces: Buffer[] = [];
  for (;;) {
    const size = pieces.length === 0 ? calls.fstatSync(descriptor).size : 0;
    const piece = Buffer.allocUnsafe(Math.max(PIECE, size));
    const read = calls.readSync(descriptor, piece, 0, piece.length, null);
    if (read === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, read));
  }
}
