import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import type { HeldFile } from '../DocumentStore.js';
import type { HeldDatabase } from '../SiteDatabase.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { reading } from '../fileCalls.js';
import type { JournalPosition } from '../seal/sealFile.js';
import { findJournals } from './findJournals.js';
import { compareNames, journalFile } from './journalFile.js';
import { snapshotFile } from './snapshotFile.js';

/**
 * The newest snapshot and the journals since, each up to where it counts at this moment.
 * @throws SyncError StoreCorrupt where the newest journal is not the one that is written to
 */
export function filesOfMoment(
  { files, place }: { files: StoreFiles; place: StorePlace },
  position: JournalPosition,
): Pick<HeldDatabase, 'files' | 'position'> {
  const { snapshot, journals } = findJournals({ files, place, seal: undefined });
  const last = journals.at(-1);
  if (last === undefined || compareNames(last.header, position) !== 0)
    throw new SyncError('StoreCorrupt', {
      path: path.join(place.database, journalFile(position)),
      reason: 'it is missing',
    });
  const held: HeldFile[] = journals.map(({ header, end }) => ({
    name: journalFile(header),
    length: end?.length ?? position.length,
  }));
  if (snapshot === undefined) return { files: held, position };
  const name = snapshotFile(snapshot);
  const file = path.join(place.database, name);
  return { files: [{ name, length: reading(file, () => files.lstatSync(file).size) }, ...held], position };
}
