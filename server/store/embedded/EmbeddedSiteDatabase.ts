import path from 'node:path';
import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { DocumentLocation } from '../DocumentStore.js';
import type { CatalogueRow, CategoryRow, RelatedIds, SoftwareUpdateRow, UpdateRow } from '../rows.js';
import type { CataloguePage, SiteCounts, SiteDatabase } from '../SiteDatabase.js';
import type { SiteChanges } from '../SiteChanges.js';
import { writing } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { UpdateQuery } from '../UpdateQuery.js';
import { applyChanges } from './applyChanges.js';
import { bundledRevisions, bundlesOf, cataloguePage, catalogueSize, categoryDocuments } from './catalogueQueries.js';
import { highestGeneration } from './findJournals.js';
import { Identities } from './Identities.js';
import { Journal } from './Journal.js';
import { compareNames, journalFile, parseJournalFile } from './journalFile.js';
import { parseSnapshotFile, snapshotFile, writeSnapshot } from './snapshotFile.js';
import * as siteQueries from './siteQueries.js';
import type { SqlConnection } from './SqlConnection.js';
import { StepEncoder } from './StepEncoder.js';
import type { StatementName, Value } from './statements.js';
import { queryUpdates, relatedIds } from './updateQueries.js';

/** Journal bytes from which a snapshot is written when nothing waits. */
const FOLD_FROM = 4 * 1024 * 1024;

/** The site database in sql.js: reads in memory, every commit in the journal before it counts. */
export class EmbeddedSiteDatabase implements SiteDatabase {
  readonly #connection: SqlConnection;
  readonly #identities: Identities;
  readonly #encoder = new StepEncoder();
  readonly #folder: string;
  readonly #files: StoreFiles;
  #journal: Journal;
  #replayed: number;
  #sequence = 0;
  /** Asked for by nearly every request and changed seldom. */
  #categories: readonly CategoryRow[] | undefined;

  constructor(parts: { connection: SqlConnection; journal: Journal; folder: string; files: StoreFiles; replayed: number }) {
    this.#connection = parts.connection;
    this.#journal = parts.journal;
    this.#folder = parts.folder;
    this.#files = parts.files;
    this.#replayed = parts.replayed;
    this.#identities = new Identities(parts.connection);
  }

  async commit(changes: SiteChanges): Promise<void> {
    const run = (name: StatementName, values: readonly Value[]): void => {
      this.#connection.run(name, values);
      this.#encoder.add(name, values);
    };
    this.#refuseWhenSuperseded();
    if (changes.categories !== undefined) this.#categories = undefined;
    this.#connection.control('BEGIN');
    try {
      applyChanges(changes, { connection: this.#connection, identities: this.#identities, run });
      this.#journal.append(this.#encoder.take());
      this.#connection.control('COMMIT');
    } catch (error) {
      this.#undo();
      if (error instanceof SyncError) throw error;
      throw new SyncError('InternalError', { where: 'the site database', reason: reasonOf(error) }, { cause: error });
    }
    return Promise.resolve();
  }

  async fold(): Promise<void> {
    if (this.#replayed + this.#journal.length < FOLD_FROM) return Promise.resolve();
    this.#refuseWhenSuperseded();
    this.#nextJournal();
    this.#refuseWhenSuperseded();
    writeSnapshot(this.#files, this.#folder, { name: this.#journal.name, database: this.#connection.image() });
    this.#refuseWhenSuperseded();
    this.#removeOlder();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#journal.close();
    this.#connection.close();
    return Promise.resolve();
  }

  async setting(name: string): Promise<unknown> {
    return Promise.resolve(siteQueries.setting(this.#connection, name));
  }

  async requestResult(requestId: string): Promise<string | undefined> {
    return Promise.resolve(siteQueries.requestResult(this.#connection, requestId));
  }

  async counts(): Promise<SiteCounts> {
    return Promise.resolve(siteQueries.counts(this.#connection));
  }

  async nextIds(): ReturnType<SiteDatabase['nextIds']> {
    return Promise.resolve(siteQueries.nextIds(this.#connection));
  }

  async missingRevisions(identities: readonly UpdateIdentity[]): Promise<readonly UpdateIdentity[]> {
    const stored = (identity: UpdateIdentity): boolean => {
      const key = this.#identities.find(identity.updateId);
      return key !== undefined && this.#connection.row('SELECT 1 FROM revision WHERE identity = ? AND number = ?', [key, identity.revisionNumber]) !== undefined;
    };
    return Promise.resolve(identities.filter((identity) => !stored(identity)));
  }

  async cataloguePage(page: CataloguePage): Promise<readonly CatalogueRow[]> {
    return Promise.resolve(cataloguePage(this.#connection, page));
  }

  async catalogueSize(fromRevisionId: number): Promise<number> {
    return Promise.resolve(catalogueSize(this.#connection, fromRevisionId));
  }

  async bundledRevisions(revisionIds: readonly number[]): Promise<ReadonlyMap<number, readonly CatalogueRow[]>> {
    return Promise.resolve(bundledRevisions(this.#connection, revisionIds));
  }

  async categoryDocuments(fromRevisionId: number): Promise<readonly CatalogueRow[]> {
    return Promise.resolve(categoryDocuments(this.#connection, fromRevisionId));
  }

  async categories(): Promise<readonly CategoryRow[]> {
    this.#categories ??= siteQueries.categories(this.#connection);
    return Promise.resolve(this.#categories);
  }

  async softwareUpdatesByUpdate(updateKeys: readonly number[]): Promise<ReadonlyMap<number, SoftwareUpdateRow>> {
    return Promise.resolve(siteQueries.softwareUpdatesByUpdate(this.#connection, updateKeys));
  }

  async allSoftwareUpdates(): Promise<readonly SoftwareUpdateRow[]> {
    return Promise.resolve(siteQueries.allSoftwareUpdates(this.#connection));
  }

  async supersededBy(revisionIds: readonly number[]): Promise<readonly number[]> {
    return Promise.resolve(siteQueries.supersededBy(this.#connection, revisionIds));
  }

  async supersededAmong(updateKeys: readonly number[]): Promise<ReadonlySet<number>> {
    return Promise.resolve(siteQueries.supersededAmong(this.#connection, updateKeys));
  }

  async updateKeys(updateIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const keys = new Map<string, number>();
    for (const updateId of updateIds) {
      const key = this.#identities.find(updateId);
      if (key !== undefined) keys.set(updateId, key);
    }
    return Promise.resolve(keys);
  }

  async bundlesOf(fromRevisionId: number): Promise<readonly CatalogueRow[]> {
    return Promise.resolve(bundlesOf(this.#connection, fromRevisionId));
  }

  async documentLocation(revisionId: number): Promise<DocumentLocation | undefined> {
    return Promise.resolve(siteQueries.documentLocation(this.#connection, revisionId));
  }

  async updates(query: UpdateQuery): Promise<readonly UpdateRow[]> {
    return Promise.resolve(queryUpdates(this.#connection, query));
  }

  async relatedIds(revisionIds: readonly number[]): Promise<ReadonlyMap<number, RelatedIds>> {
    return Promise.resolve(relatedIds(this.#connection, revisionIds));
  }

  async runs(filter: { id?: number; newest?: number; state?: string }): Promise<readonly string[]> {
    return Promise.resolve(siteQueries.runs(this.#connection, filter));
  }

  async statuses(): Promise<readonly string[]> {
    return Promise.resolve(siteQueries.statuses(this.#connection));
  }

  /** Goes on in a new journal, so that a snapshot can stand for everything before it. */
  #nextJournal(): void {
    this.#sequence += 1;
    const name = { generation: this.#journal.name.generation, sequence: this.#sequence };
    try {
      const next = Journal.create(this.#files, this.#folder, { name, previous: { ...this.#journal.name, length: this.#journal.length } });
      this.#journal.close();
      this.#journal = next;
      this.#replayed = 0;
    } catch (error) {
      if (this.#files.existsSync(path.join(this.#folder, journalFile(name)))) this.#journal.breakOff();
      throw error;
    }
  }

  /** An engine that was paused while another took over must not acknowledge anything any more. */
  #refuseWhenSuperseded(): void {
    const generation = writing(this.#folder, () => highestGeneration(this.#files, this.#folder));
    if (generation > this.#journal.name.generation) throw new SyncError('StoreSuperseded', { site: path.basename(path.dirname(this.#folder)), generation });
  }

  #undo(): void {
    this.#encoder.take();
    this.#connection.control('ROLLBACK');
    this.#identities.reset();
  }

  /** Removes what the newest snapshot has made superfluous; only this engine's and older generations. */
  #removeOlder(): void {
    const current = this.#journal.name;
    for (const file of this.#files.readdirSync(this.#folder)) {
      const name = parseJournalFile(file) ?? parseSnapshotFile(file);
      const isCurrent = file === journalFile(current) || file === snapshotFile(current);
      if (name !== undefined && !isCurrent && compareNames(name, current) <= 0) this.#files.rmSync(path.join(this.#folder, file), { force: true });
    }
  }
}
