import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { SITE_FILES } from '../../site/SiteFolder.js';
import type { StoreProblem } from '../StoreInspection.js';
import type { StorePlace } from '../StorePlace.js';
import type { FoundSeal, StoreSeal } from '../seal/sealFile.js';
import type { JournalRun } from './findJournals.js';
import { compareNames, FIRST_SEALED_FORMAT, journalFile } from './journalFile.js';

/** What is compared with a seal. */
interface SealedStore {
  readonly place: StorePlace;
  readonly found: FoundSeal;
  readonly run: JournalRun;
  /** True where there are documents. */
  readonly hasDocuments: boolean;
}

/**
 * What a database lacks of what was acknowledged, by its files alone; what stands in a journal is compared when it is
 * replayed.
 */
export function problemAgainstSeal({ place, found, run, hasDocuments }: SealedStore): StoreProblem | undefined {
  const { seal } = found;
  const newest = run.journals.at(-1);
  const problem = (file: string, reason: string): StoreProblem => ({ path: file, position: null, reason });
  if (seal !== undefined) {
    const missing = missingOf(seal, run);
    return missing === undefined ? undefined : problem(path.join(place.database, missing.file), missing.reason);
  }
  if (newest === undefined && hasDocuments)
    return problem(place.database, 'it contains no database, but documents of one exist');
  if (newest !== undefined && newest.header.format >= FIRST_SEALED_FORMAT)
    return problem(place.site, 'the seal of the database is missing or damaged in both copies');
  return undefined;
}

/** Which file the sealed journal was in, and what is wrong; undefined where the run reaches it. */
function missingOf(
  { position, highestDocument }: StoreSeal,
  run: JournalRun,
): { file: string; reason: string } | undefined {
  if (position === null) return undefined;
  if (run.journals.some(({ header }) => compareNames(header, position) === 0)) return undefined;
  const oldest = run.journals[0]?.header.previous ?? undefined;
  const isBehind =
    run.snapshot !== undefined &&
    oldest !== undefined &&
    compareNames(oldest, position) === 0 &&
    oldest.length >= position.length &&
    (oldest.length > position.length || (oldest.digest ?? position.digest) === position.digest);
  if (isBehind) return undefined;
  const known = `${position.length} bytes of it were confirmed, with ${highestDocument} documents known`;
  return { file: journalFile(position), reason: `it is missing or from another time: ${known}` };
}

/** @throws SyncError StoreCorrupt where every copy of the seal is of another site than `site.json` */
export function refuseOtherSite(place: StorePlace, { otherSite }: FoundSeal): void {
  if (otherSite !== undefined)
    throw new SyncError('StoreCorrupt', {
      path: path.join(place.site, SITE_FILES.description),
      reason: `it belongs to the site ${place.siteGuid}, but the seal of the database belongs to the site ${otherSite}`,
    });
}

/** @throws SyncError StoreCorrupt where the database lacks what was acknowledged */
export function confirmSeal(store: SealedStore): void {
  const problem = problemAgainstSeal(store);
  if (problem !== undefined) throw new SyncError('StoreCorrupt', { path: problem.path, reason: problem.reason });
}
