import path from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { SiteChanges } from '../SiteChanges.js';
import { writing } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import { applyChanges } from './applyChanges.js';
import { highestGeneration } from './findJournals.js';
import type { Identities } from './Identities.js';
import { Journal } from './Journal.js';
import { compareNames, journalFile, parseJournalFile } from './journalFile.js';
import { parseSnapshotFile, snapshotFile, writeSnapshot } from './snapshotFile.js';
import type { SqlConnection } from './SqlConnection.js';
import { StepEncoder } from './StepEncoder.js';
import type { StatementName, Value } from './statements.js';

/** Journal bytes from which a snapshot is written when nothing waits. */
const FOLD_FROM = 4 * 1024 * 1024;

/** What a writer works with; `replayed` is the length of the journals that were replayed, in bytes. */
export interface WriterParts {
  readonly connection: SqlConnection;
  readonly identities: Identities;
  readonly journal: Journal;
  readonly folder: string;
  readonly files: StoreFiles;
  readonly replayed: number;
}

/** Changes the database in sql.js: every commit stands in the journal before it counts. */
export class JournaledWriter {
  readonly #connection: SqlConnection;
  readonly #identities: Identities;
  readonly #encoder = new StepEncoder();
  readonly #folder: string;
  readonly #files: StoreFiles;
  #journal: Journal;
  #replayed: number;
  #sequence = 0;

  constructor(parts: WriterParts) {
    this.#connection = parts.connection;
    this.#journal = parts.journal;
    this.#folder = parts.folder;
    this.#files = parts.files;
    this.#replayed = parts.replayed;
    this.#identities = parts.identities;
  }

  async commit(changes: SiteChanges): Promise<void> {
    const run = (name: StatementName, values: readonly Value[]): void => {
      this.#connection.run(name, values);
      this.#encoder.add(name, values);
    };
    this.#refuseWhenSuperseded();
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
