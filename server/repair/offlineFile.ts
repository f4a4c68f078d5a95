import type { StoreCheckRequest, StoreCheckResult, StoreRepairRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { systemClock } from '../platform/Clock.js';
import { inTurns } from '../platform/inTurns.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { SegmentedDocumentStore } from '../store/SegmentedDocumentStore.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { StoreProblem } from '../store/StoreInspection.js';
import type { StorePlace } from '../store/StorePlace.js';
import { backUpDatabase } from '../store/embedded/backUpDatabase.js';
import { writing } from '../store/fileCalls.js';
import { Identities } from '../store/sql/Identities.js';
import { createQueries } from '../store/sql/createQueries.js';
import { danglingRows } from '../store/sql/inspectionQueries.js';
import { FORMAT } from '../store/sql/schema.js';
import { type ExaminedFile, examineFile, reindexFile, replaceFile, sealFileAnew } from '../store/sqlite/mendFile.js';
import { loadNodeSqlite } from '../store/sqlite/nodeSqlite.js';
import { addDocuments, nothingFound, rewrittenFinding } from './checkStore.js';
import { fillIndex, readDocuments, rebuildNeeded, segmentsOf } from './rebuildDatabase.js';

/** What mending a database came to. */
export interface Mended {
  /** Null where only indexes were made again. */
  readonly lost: string | null;
  readonly backup: string;
  readonly rewritten?: boolean;
  /** Documents from which the index was made again, where it was. */
  readonly rebuilt?: number;
}

/** Where a store is mended, and the generation of the lock that is held. */
interface MendedPlace {
  readonly place: StorePlace;
  readonly generation: number;
}

/** `store/check` of a site whose database is a file of SQLite and whose engine cannot start. */
export async function checkFile(
  site: SiteFolder,
  place: StorePlace,
  params: StoreCheckRequest,
): Promise<StoreCheckResult> {
  const found = nothingFound();
  const examined = await examineFile({ library: loadNodeSqlite(site.siteCode), files: site.files, place });
  const { connection, problems, lost } = examined;
  const hasDocuments = segmentsOf({ files: site.files, place }).length > 0;
  found.files = 1;
  for (const problem of problems) {
    const finding = rewrittenFinding(problem);
    if (finding.Repair === 'AcceptLoss') finding.Reason += `; without it, this is lost: ${lost}`;
    found.findings.push(finding.Repair === 'Rebuild' && !hasDocuments ? { ...finding, Repair: 'None' } : finding);
  }
  if (connection === undefined) return found;
  const documents = new SegmentedDocumentStore({
    folder: place.documents,
    files: site.files,
    generation: 0,
    site: site.siteGuid,
  });
  const ofAnyFormat: SiteReads['danglingReferences'] = async (of, range) =>
    inTurns(danglingRows(connection, of, range));
  try {
    const inspect = async (): Promise<never> => Promise.reject(new SyncError('InternalError', NOT_AGAIN));
    const queries = createQueries(connection, new Identities(connection));
    const database = { ...queries, inspect, ...(connection.format < FORMAT && { danglingReferences: ofAnyFormat }) };
    await addDocuments(found, { database, documents }, params);
  } finally {
    await documents.close();
    connection.close();
  }
  return found;
}

const NOT_AGAIN = { where: 'check', reason: 'the file of the database was examined already' };

/**
 * Mends a file of SQLite that no engine can open, after a copy.
 * @throws SyncError StoreLossNotAccepted without leave, StoreRebuildNeeded where only the documents can be read,
 * StoreRebuildRefused where the file can be read, StoreCorrupt when nothing can be saved
 */
export async function mendFile(site: SiteFolder, mended: MendedPlace, params: StoreRepairRequest): Promise<Mended> {
  const { files } = site;
  const { place } = mended;
  const library = loadNodeSqlite(site.siteCode);
  const examined = await examineFile({ library, files, place });
  examined.connection?.close();
  const [problem] = examined.problems;
  if (problem === undefined)
    throw new SyncError('InternalError', { where: 'repair', reason: 'the site database is not damaged' });
  const worst = examined.problems.find(({ repair }) => repair === 'Rebuild');
  if (params.rebuild === true) {
    if (worst === undefined) throw new SyncError('StoreRebuildRefused', { site: site.siteCode });
    return rebuildFile(site, mended);
  }
  if (worst !== undefined) throw rebuildNeeded({ files, place }, worst);
  return mendReadable(site, mended, { ...examined, acceptLoss: params.acceptLoss === true });
}

async function mendReadable(
  { files, siteCode }: SiteFolder,
  { place, generation }: MendedPlace,
  { problems, lost, acceptLoss }: ExaminedFile & { readonly acceptLoss: boolean },
): Promise<Mended> {
  const part = { library: loadNodeSqlite(siteCode), files, place };
  const loss: StoreProblem | undefined = problems.find(({ repair }) => repair === 'AcceptLoss');
  if (loss !== undefined && !acceptLoss)
    throw new SyncError('StoreLossNotAccepted', { path: loss.path, reason: loss.reason, lost });
  const backup = await backUpDatabase({ files, place }, `backup-repair${generation}`);
  await reindexFile(part);
  if (loss === undefined) return { lost: null, rewritten: true, backup };
  sealFileAnew(part, generation);
  return { lost, backup };
}

/** Makes a new file of the documents, which takes the place of the old one once it is whole. */
async function rebuildFile({ files, siteCode, serverName }: SiteFolder, mended: MendedPlace): Promise<Mended> {
  const { place, generation } = mended;
  const { rows, lost } = await readDocuments({ files, place }, systemClock.now().getTime());
  writing(place.database, () => files.mkdirSync(place.database, { recursive: true, mode: 0o770 }));
  const backup = await backUpDatabase({ files, place }, `backup-repair${generation}`);
  const part = { library: loadNodeSqlite(siteCode), files, place };
  const fill: Parameters<typeof replaceFile>[2] = async (connection) =>
    fillIndex(
      { sql: connection, run: connection.run.bind(connection), control: connection.exec.bind(connection) },
      rows,
      serverName,
    );
  await replaceFile(part, generation, fill);
  return { lost, rebuilt: rows.length, backup };
}
