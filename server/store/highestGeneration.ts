import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { decidedGeneration } from '../site/moveRecord.js';
import { readRestoreRecord } from '../site/restoreRecord.js';
import type { StoreFiles, StorePlace } from './StorePlace.js';
import { parseJournalFile } from './embedded/journalFile.js';
import { parseSnapshotFile } from './embedded/snapshotFile.js';
import { parseClaimFile } from './claimFile.js';
import { namesIn } from './fileCalls.js';
import { parseSealFile } from './seal/sealFile.js';
import { generationOfSegment, parseSegmentFile } from './segmentFile.js';

/** The sockets of engines have nine digits for it; an engine that starts every second needs thirty years for them. */
const LAST_GENERATION = 999_999_998;

/** Highest generation that any journal or snapshot of a folder names: what an engine looks at in every commit. */
export function generationInDatabase(files: StoreFiles, folder: string): number {
  const generations = files.readdirSync(folder).map(generationOfDatabaseFile);
  return Math.max(0, ...generations.filter((generation) => generation <= LAST_GENERATION));
}

/**
 * Highest generation that any file of a site names: the next engine's is higher, whatever part of the site was lost.
 * @throws SyncError StoreCorrupt for a file with a number that no engine gives, StoreReadFailed
 */
export function highestGeneration(files: StoreFiles, place: StorePlace): number {
  return Math.max(
    // Between two renames of a restore or a move the files of no database may stand there.
    readRestoreRecord({ files, path: place.site })?.generation ?? 0,
    decidedGeneration({ files, path: place.site }),
    highestIn(files, place.database, generationOfDatabaseFile),
    highestIn(files, place.documents, (name) => Math.max(generationOfSegmentFile(name), parseSealFile(name) ?? 0)),
    highestIn(files, place.site, (name) => parseSealFile(name) ?? 0),
  );
}

function highestIn(files: StoreFiles, folder: string, generationOf: (name: string) => number): number {
  let highest = 0;
  for (const name of namesIn(files, folder)) {
    const generation = generationOf(name);
    if (generation > LAST_GENERATION)
      throw new SyncError('StoreCorrupt', {
        path: path.join(folder, name),
        reason: 'no engine gave it this number; move it out of the site folder',
      });
    highest = Math.max(highest, generation);
  }
  return highest;
}

function generationOfDatabaseFile(name: string): number {
  return (parseJournalFile(name) ?? parseSnapshotFile(name))?.generation ?? parseClaimFile(name) ?? 0;
}

function generationOfSegmentFile(name: string): number {
  const number = parseSegmentFile(name);
  return number === undefined ? 0 : generationOfSegment(number);
}
