import type { SqlJsStatic } from 'sql.js';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { SiteDatabase } from '../SiteDatabase.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { atOnce } from '../../platform/inTurns.js';
import { namesIn, writing } from '../fileCalls.js';
import { SealKeeper } from '../seal/SealKeeper.js';
import { readSeal } from '../seal/sealFile.js';
import type { FoundSeal } from '../seal/sealFile.js';
import { parseSegmentFile } from '../segmentFile.js';
import { GenerationClaim } from './GenerationClaim.js';
import { Identities } from '../sql/Identities.js';
import type { Journal, JournalFolder } from './Journal.js';
import { JournalChain } from './JournalChain.js';
import { KeptSnapshots } from './KeptSnapshots.js';
import { loadSqlJs } from './SqlConnection.js';
import { backUpDatabase } from './backUpDatabase.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import { confirmSeal, refuseOtherSite } from './confirmSeal.js';
import { createEmbeddedDatabase } from './createEmbeddedDatabase.js';
import { findJournals } from './findJournals.js';
import type { DatabaseFiles } from './findJournals.js';
import type { JournalName } from './journalFile.js';
import { replayDatabase } from './replayDatabase.js';
import type { ReplayedDatabase } from './replayDatabase.js';
import { FORMAT } from '../sql/schema.js';

/** What opening needs: where the store of the site lies, and the generation that the engine's lock gave. */
interface OpenOptions {
  readonly place: StorePlace;
  readonly files: StoreFiles;
  readonly generation: number;
  /** Called after the journal of this generation was created: throws when a higher generation exists. */
  readonly verifyHighest?: () => void | Promise<void>;
  /** Gets what an administrator may want to know, a line each: a migration, a transaction that was left out. */
  readonly report?: (line: string) => void;
  /** Journal bytes from which a fold is due; 256 KB unless given. */
  readonly foldFrom?: number;
}

/** Each engine begins a journal, and each journal takes a start longer: from so many on a snapshot stands for them. */
const MOST_JOURNALS = 30;

/** More snapshots than an engine writes while another one opens the site. */
const MOST_READS = 5;

/** A store that was read and found whole. */
interface ReadStore {
  readonly replayed: ReplayedDatabase;
  readonly found: DatabaseFiles;
  readonly seal: FoundSeal;
}

/**
 * Opens the embedded database: newest snapshot, then every whole transaction of the journals that go on from it, then a
 * journal of this engine's own. A torn last transaction was never acknowledged and is left out. A database of an older
 * format is copied to `backup-format<n>` first, then migrated and folded.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed, StoreWriteFailed
 */
export async function openSiteDatabase(options: OpenOptions): Promise<SiteDatabase> {
  const { files, place, generation } = options;
  const sql = await loadSqlJs();
  ensureFolders(options);
  const claim = new GenerationClaim(journalFolder(options), generation);
  let store: ReadStore | undefined;
  try {
    store = await readStore(sql, options, claim.name);
    reportFindings(options, store);
    const backup =
      store.found.format === FORMAT
        ? undefined
        : await backUpDatabase({ files, place, own: claim.name }, `backup-format${store.found.format}`);
    store.replayed.connection.migrate(FORMAT);
    const database = await begin(options, store, claim);
    if (backup !== undefined)
      options.report?.(
        `The site database was migrated from format ${store.found.format} to ${FORMAT}; ` +
          `the previous one is in ${backup}.`,
      );
    if (isFoldDue(store)) await foldAtOnce(database, options);
    return database;
  } catch (error) {
    store?.replayed.connection.close();
    claim.withdraw();
    throw error;
  }
}

/** Without its folder a database is gone; documents can be fetched again. */
function ensureFolders({ files, place, report }: OpenOptions): void {
  if (!files.existsSync(place.database))
    throw new SyncError('StoreCorrupt', { path: place.database, reason: 'it is missing' });
  if (files.existsSync(place.documents)) return;
  writing(place.documents, () => files.mkdirSync(place.documents, { mode: 0o770 }));
  report?.(`${place.documents} was missing with all documents. An empty one was created.`);
}

/**
 * The engine before may still write a snapshot, which acknowledges nothing: where the seal has changed meanwhile, what
 * was read of it does not go with the files that were read afterwards, and all is read again.
 */
async function readStore(sql: SqlJsStatic, options: OpenOptions, own: JournalName): Promise<ReadStore> {
  for (let attempt = 1; ; attempt += 1) {
    const seal = readSeal(options.files, options.place);
    try {
      return await readSealed(sql, options, { seal, own });
    } catch (error) {
      const isCorrupt = error instanceof SyncError && error.errorId === 'StoreCorrupt';
      if (!isCorrupt || attempt === MOST_READS || isSame(seal, readSeal(options.files, options.place))) throw error;
    }
  }
}

function isSame(one: FoundSeal, other: FoundSeal): boolean {
  return JSON.stringify(one.seal) === JSON.stringify(other.seal);
}

async function readSealed(
  sql: SqlJsStatic,
  { files, place }: OpenOptions,
  { seal, own }: { seal: FoundSeal; own: JournalName },
): Promise<ReadStore> {
  refuseOtherSite(place, seal);
  const source = { files, place, seal: seal.seal, own };
  const found = findJournals(source);
  confirmSeal({ place, found: seal, run: found, hasDocuments: hasDocuments(files, place) });
  return { replayed: await replayDatabase(sql, source, found), found, seal };
}

/** True where a store holds documents, whatever its database says. */
function hasDocuments(files: StoreFiles, { documents }: StorePlace): boolean {
  return namesIn(files, documents).some((name) => parseSegmentFile(name) !== undefined);
}

/** An older snapshot, whose successor could not be written, would be migrated again at each start. */
function isFoldDue({ found, replayed }: ReadStore): boolean {
  const { damagedSnapshots, snapshotFormat = FORMAT } = replayed;
  return found.format !== FORMAT || snapshotFormat !== FORMAT || damagedSnapshots.length > 0;
}

/** Nothing that was left out is left out in silence. */
function reportFindings({ report }: OpenOptions, { replayed, found, seal }: ReadStore): void {
  for (const file of found.unfinished)
    report?.(`${file} was never completely created. It holds no confirmed change and was ignored.`);
  if (replayed.torn !== undefined)
    report?.(`${replayed.torn} ends with a transaction that was never confirmed. It was ignored.`);
  for (const { path, reason } of seal.damaged)
    report?.(`${path}, a copy of the seal, is damaged (${reason}). The other copy is used.`);
  for (const { path, reason } of replayed.damagedSnapshots)
    report?.(
      `${path} is damaged (${reason}). The database was read from the previous snapshot and the journals since then: ` +
        'nothing is lost. Check the disk.',
    );
}

async function begin(options: OpenOptions, store: ReadStore, claim: GenerationClaim): Promise<SiteDatabase> {
  const { files, place, generation, report = () => undefined } = options;
  const { previous, connection, bytes } = store.replayed;
  const documents = atOnce(highestRevision(connection));
  const seal = SealKeeper.create(
    { files, place, generation, report },
    { position: previous, highestDocument: documents },
  );
  let journal: Journal | undefined;
  try {
    journal = claim.begin(previous);
    await options.verifyHighest?.();
    seal.removeOlder();
    const chain = new JournalChain({ folder: journalFolder(options), seal, journal, documents, replayed: bytes });
    return createDatabase(options, store, chain);
  } catch (error) {
    journal?.close();
    seal.close();
    throw error;
  }
}

function journalFolder({ files, place }: OpenOptions): JournalFolder {
  return { files, folder: place.database, site: place.siteGuid };
}

function createDatabase(options: OpenOptions, store: ReadStore, chain: JournalChain): SiteDatabase {
  const { files, place, foldFrom } = options;
  const { connection, run, damagedSnapshots, snapshotBytes } = store.replayed;
  return createEmbeddedDatabase({
    connection,
    identities: new Identities(connection),
    chain,
    place,
    files,
    kept: new KeptSnapshots({
      files,
      place,
      snapshot: run.snapshot && { name: run.snapshot, bytes: snapshotBytes },
      damaged: damagedSnapshots.map(({ path }) => path),
    }),
    foldFrom,
    isFoldDue: isFoldDue(store) || run.journals.length >= MOST_JOURNALS,
  });
}

async function foldAtOnce(database: SiteDatabase, { report }: OpenOptions): Promise<void> {
  await database
    .fold()
    .catch((error: unknown) => report?.(`Writing a snapshot failed: ${reasonOf(error)}. The journal continues.`));
}
