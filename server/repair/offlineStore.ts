import type { StoreCheckRequest, StoreCheckResult, StoreRepairRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { systemClock } from '../platform/Clock.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { SegmentedDocumentStore } from '../store/SegmentedDocumentStore.js';
import { loadSqlJs } from '../store/embedded/SqlConnection.js';
import { createEmbeddedReads } from '../store/embedded/createEmbeddedReads.js';
import { mendDatabase } from '../store/embedded/mendDatabase.js';
import { type Salvaged, salvageDatabase, type SalvagePlace } from '../store/embedded/salvageDatabase.js';
import { FORMAT } from '../store/sql/schema.js';
import { writing } from '../store/fileCalls.js';
import { checkStore, databaseFinding } from './checkStore.js';
import { rebuildDatabase, segmentsOf } from './rebuildDatabase.js';
import { withoutEngine } from './withoutEngine.js';

/** What mending a database came to. */
export interface Mended {
  readonly lost: string;
  readonly backup: string;
  /** Documents from which the index was made again, where it was. */
  readonly rebuilt?: number;
}

/**
 * `store/check` of a site whose engine cannot start: all of it in one answer, as far as the database can be read. No
 * engine
 * starts meanwhile.
 * @throws SyncError EngineUnreachable when another engine has the site after all
 */
export async function checkOffline(site: SiteFolder, params: StoreCheckRequest): Promise<StoreCheckResult> {
  return alone(site, async (place) => {
    const found: StoreCheckResult = {
      findings: [],
      next: null,
      files: 0,
      transactions: 0,
      documents: 0,
      documentsInAll: 0,
      orphanedBytes: 0,
      offline: true,
    };
    const salvaged = await salvageOrProblem(place, found);
    if (salvaged === undefined) return found;
    salvaged.connection.migrate(FORMAT);
    const documents = new SegmentedDocumentStore({
      folder: place.place.documents,
      files: place.files,
      generation: 0,
      site: site.siteGuid,
    });
    const store = { database: createEmbeddedReads({ ...place, connection: salvaged.connection }), documents };
    found.findings.push({
      ...databaseFinding(salvaged.problem),
      Reason: `${salvaged.problem.reason}; without it, this is lost: ${salvaged.lost}`,
    });
    for (let after: string | null = params.quick === true ? 'totals:0' : 'documents:0'; after !== null;) {
      const part = await checkStore(store, { ...params, after });
      add(found, part);
      after = part.next;
    }
    await documents.close();
    salvaged.connection.close();
    return found;
  });
}

async function salvageOrProblem(place: SalvagePlace, found: StoreCheckResult): Promise<Salvaged | undefined> {
  try {
    return await salvageDatabase(place);
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') throw error;
    found.findings.push({
      ...databaseFinding({ path: String(error.data['path']), position: null, reason: String(error.data['reason']) }),
      Repair: segmentsOf(place).length > 0 ? 'Rebuild' : 'None',
    });
    return undefined;
  }
}

function add(sum: StoreCheckResult, part: StoreCheckResult): void {
  sum.findings.push(...part.findings);
  sum.files += part.files;
  sum.documents += part.documents;
  sum.orphanedBytes += part.orphanedBytes;
  sum.documentsInAll = part.documentsInAll;
}

/**
 * Mends a database that no engine can open, after a copy of its files.
 * @throws SyncError StoreLossNotAccepted without leave, StoreRebuildNeeded where only the documents can be read,
 * StoreCorrupt when nothing can be saved
 */
export async function mendOffline(site: SiteFolder, params: StoreRepairRequest): Promise<Mended> {
  return alone(site, async (place, generation) => {
    if (params.rebuild === true) return rebuildStore(place, site.serverName, generation);
    const salvaged = await salvageOrAdvise(place);
    try {
      const { problem, lost } = salvaged;
      if (params.acceptLoss !== true)
        throw new SyncError('StoreLossNotAccepted', { path: problem.path, reason: problem.reason, lost });
      return { lost, backup: await mendDatabase(place, salvaged, generation) };
    } finally {
      salvaged.connection.close();
    }
  });
}

/** Makes the index again from the documents. @throws SyncError StoreCorrupt where there is none */
export async function rebuildStore(place: SalvagePlace, serverName: string, generation: number): Promise<Mended> {
  const { database, documents: folder } = place.place;
  const { connection, documents, lost } = await rebuildDatabase(place, serverName, systemClock.now().getTime());
  try {
    if (documents === 0) throw new SyncError('StoreCorrupt', { path: folder, reason: 'it holds no whole document' });
    writing(database, () => place.files.mkdirSync(database, { recursive: true, mode: 0o770 }));
    return { lost, rebuilt: documents, backup: await mendDatabase(place, { connection, previous: null }, generation) };
  } finally {
    connection.close();
  }
}

async function salvageOrAdvise(place: SalvagePlace): Promise<Salvaged> {
  try {
    return await salvageDatabase(place);
  } catch (error) {
    const files = segmentsOf(place).length;
    if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt' || files === 0) throw error;
    const { path, reason } = error.data;
    throw new SyncError('StoreRebuildNeeded', { path: String(path), reason: String(reason), files }, { cause: error });
  }
}

/** Works with the site's lock held. */
async function alone<Result>(
  site: SiteFolder,
  work: (place: SalvagePlace, generation: number) => Promise<Result>,
): Promise<Result> {
  return withoutEngine(site, async (place, generation) =>
    work({ sql: await loadSqlJs(), files: site.files, place }, generation),
  );
}
