import type { StoreCheckRequest, StoreCheckResult, StoreRepairRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { systemClock } from '../platform/Clock.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { SegmentedDocumentStore } from '../store/SegmentedDocumentStore.js';
import { loadSqlJs, SqlConnection } from '../store/embedded/SqlConnection.js';
import { createEmbeddedReads } from '../store/embedded/createEmbeddedReads.js';
import { mendDatabase } from '../store/embedded/mendDatabase.js';
import { type Salvaged, salvageDatabase, type SalvagePlace } from '../store/embedded/salvageDatabase.js';
import { FORMAT } from '../store/sql/schema.js';
import { writing } from '../store/fileCalls.js';
import { addDocuments, databaseFinding, nothingFound } from './checkStore.js';
import { checkFile, type Mended, mendFile } from './offlineFile.js';
import { fillIndex, readDocuments, rebuildNeeded, segmentsOf } from './rebuildDatabase.js';
import { withoutEngine } from './withoutEngine.js';

/**
 * `store/check` of a site whose engine cannot start: all of it in one answer, as far as the database can be read. No
 * engine starts meanwhile.
 * @throws SyncError EngineUnreachable when another engine has the site after all
 */
export async function checkOffline(site: SiteFolder, params: StoreCheckRequest): Promise<StoreCheckResult> {
  if (site.database === 'sqlite') return withoutEngine(site, async (place) => checkFile(site, place, params));
  return alone(site, async (place) => {
    const found = nothingFound();
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
    await addDocuments(found, store, params);
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

/**
 * Mends a database that no engine can open, after a copy of its files.
 * @throws SyncError StoreLossNotAccepted without leave, StoreRebuildNeeded where only the documents can be read,
 * StoreCorrupt when nothing can be saved
 */
export async function mendOffline(site: SiteFolder, params: StoreRepairRequest): Promise<Mended> {
  if (site.database === 'sqlite')
    return withoutEngine(site, async (place, generation) => mendFile(site, { place, generation }, params));
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
  const { database } = place.place;
  const { rows, lost } = await readDocuments(place, systemClock.now().getTime());
  const connection = new SqlConnection(place.sql);
  try {
    connection.migrate(FORMAT);
    const [run, control] = [connection.run.bind(connection), connection.control.bind(connection)];
    await fillIndex({ sql: connection, run, control }, rows, serverName);
    writing(database, () => place.files.mkdirSync(database, { recursive: true, mode: 0o770 }));
    const backup = await mendDatabase(place, { connection, previous: null }, generation);
    return { lost, rebuilt: rows.length, backup };
  } finally {
    connection.close();
  }
}

async function salvageOrAdvise(place: SalvagePlace): Promise<Salvaged> {
  try {
    return await salvageDatabase(place);
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') throw error;
    throw rebuildNeeded(place, { path: String(error.data['path']), reason: String(error.data['reason']) });
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
