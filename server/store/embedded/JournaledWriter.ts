import path from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { SiteChanges } from '../SiteChanges.js';
import { writing } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import { applyChanges } from './applyChanges.js';
import { highestGeneration } from './findJournals.js';
import type { Identities } from './Identities.js';
import type { JournalChain } from './JournalChain.js';
import { compareNames, journalFile, parseJournalFile, type JournalName } from './journalFile.js';
import { parseSnapshotFile, snapshotFile, writeSnapshot } from './snapshotFile.js';
import type { SqlConnection } from './SqlConnection.js';
import { StepEncoder } from './StepEncoder.js';
import type { StatementName, Value } from './statements.js';

/** Journal bytes from which a snapshot is written when nothing waits. */
const FOLD_FROM = 4 * 1024 * 1024;

/** What a writer works with. */
export interface WriterParts {
  readonly connection: SqlConnection;
  readonly identities: Identities;
  readonly chain: JournalChain;
  readonly folder: string;
  readonly files: StoreFiles;
  /** Journal bytes from which a fold is due; 4 MB unless given. */
  readonly foldFrom?: number | undefined;
  /** A fold is due whatever the size. */
  readonly isFoldDue: boolean;
}

/** Changes the database in sql.js: every commit stands in the journal before it counts. */
export class JournaledWriter {
  readonly #parts: WriterParts;
  readonly #encoder = new StepEncoder();
  #folding: Promise<void> | undefined;
  #isFoldDue: boolean;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#isFoldDue = parts.isFoldDue;
  }

  async commit(changes: SiteChanges): Promise<void> {
    this.#refuseWhenSuperseded();
    this.#parts.connection.control('BEGIN');
    try {
      this.#apply(changes);
    } catch (error) {
      this.#undo();
      if (error instanceof SyncError) throw error;
      throw new SyncError('InternalError', { where: 'the site database', reason: reasonOf(error) }, { cause: error });
    }
    return Promise.resolve();
  }

  /** Writes a snapshot in slices between which the engine answers and commits; one at a time. */
  async fold(options: { readonly isDue?: boolean } = {}): Promise<void> {
    if (options.isDue === true) this.#isFoldDue = true;
    this.#folding ??= this.#fold().finally(() => {
      this.#folding = undefined;
    });
    return this.#folding;
  }

  async close(): Promise<void> {
    // Whoever asked for the snapshot hears of its failure.
    await this.#folding?.catch(() => undefined);
    try {
      this.#parts.chain.close();
    } finally {
      this.#parts.connection.close();
    }
  }

  #apply(changes: SiteChanges): void {
    const { connection, identities, chain } = this.#parts;
    const run = (name: StatementName, values: readonly Value[]): void => {
      connection.run(name, values);
      this.#encoder.add(name, values);
    };
    applyChanges(changes, { connection, identities, run });
    const payload = this.#encoder.take();
    if (payload.length > 0) chain.append(payload);
    try {
      connection.control('COMMIT');
    } catch (error) {
      if (payload.length > 0) chain.forgetLast();
      throw error;
    }
  }

  async #fold(): Promise<void> {
    const { chain, connection, files, folder, foldFrom } = this.#parts;
    const size = chain.size;
    if (!this.#isFoldDue && size < (foldFrom ?? FOLD_FROM)) return;
    this.#refuseWhenSuperseded();
    // No commit may come between the new journal and the image: the snapshot stands for all before that journal.
    const name = chain.next();
    const database = connection.image();
    await writeSnapshot(files, folder, { name, database });
    this.#refuseWhenSuperseded();
    chain.folded(size);
    this.#isFoldDue = false;
    this.#removeOlder(name);
  }

  /** An engine that was paused while another took over must not acknowledge anything any more. */
  #refuseWhenSuperseded(): void {
    const { files, folder, chain } = this.#parts;
    const generation = writing(folder, () => highestGeneration(files, folder));
    if (generation > chain.name.generation)
      throw new SyncError('StoreSuperseded', { site: path.basename(path.dirname(folder)), generation });
  }

  #undo(): void {
    this.#encoder.take();
    this.#parts.connection.control('ROLLBACK');
    this.#parts.identities.reset();
  }

  /** Removes what the snapshot has made superfluous; only this engine's and older generations. */
  #removeOlder(snapshot: JournalName): void {
    const { files, folder } = this.#parts;
    for (const file of files.readdirSync(folder)) {
      const name = parseJournalFile(file) ?? parseSnapshotFile(file);
      const isCurrent = file === journalFile(snapshot) || file === snapshotFile(snapshot);
      if (name !== undefined && !isCurrent && compareNames(name, snapshot) <= 0)
        files.rmSync(path.join(folder, file), { force: true });
    }
  }
}
