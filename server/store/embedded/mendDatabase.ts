import { atOnce, inTurns } from '../../platform/inTurns.js';
import { SealKeeper } from '../seal/SealKeeper.js';
import { SERVED_BY } from '../settingNames.js';
import { GenerationClaim } from './GenerationClaim.js';
import { StepEncoder } from './StepEncoder.js';
import { backUpDatabase } from './backUpDatabase.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import type { Salvaged, SalvagePlace } from './salvageDatabase.js';
import { FORMAT } from '../sql/schema.js';
import { writeSnapshot } from './snapshotFile.js';

/**
 * Copies the files as they are into a folder of their own, then lets a snapshot of what was salvaged, a new journal and
 * a new seal stand for the site. Killed before its end it has changed nothing. Gives the folder of the copy.
 */
export async function mendDatabase(
  { files, place }: SalvagePlace,
  { connection, previous }: Pick<Salvaged, 'connection' | 'previous'>,
  generation: number,
): Promise<string> {
  const backup = await backUpDatabase({ files, place }, `backup-repair${generation}`);
  connection.migrate(FORMAT);
  const claim = new GenerationClaim({ files, folder: place.database, site: place.siteGuid }, generation);
  // The journal comes after the snapshot: until it is there, the snapshot is on no chain. The seal comes last: until it
  // is there, the site is as damaged as before.
  await writeSnapshot(files, place.database, {
    name: { generation, sequence: 0 },
    database: await inTurns(connection.image()),
    digest: claim.headerDigest(previous),
    site: place.siteGuid,
  });
  const journal = claim.begin(previous);
  await journal.append(becomesAnotherServer());
  const seal = SealKeeper.create(
    { files, place, generation, report: () => undefined },
    { position: journal.position, highestDocument: atOnce(highestRevision(connection)) },
  );
  seal.removeOlder();
  seal.close();
  journal.close();
  return backup;
}

/** What was lost may have been served already: to downstream servers this is another database from now on. */
function becomesAnotherServer(): Buffer {
  const encoder = new StepEncoder();
  encoder.add('putSetting', [SERVED_BY, 'null']);
  return encoder.take();
}
