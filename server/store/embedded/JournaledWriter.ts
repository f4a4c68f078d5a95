import path from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { atOnce, inTurns } from '../../platform/inTurns.js';
import type { SiteChanges } from '../SiteChanges.js';
import type { HeldDatabase } from '../SiteDatabase.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { writing } from '../fileCalls.js';
import { generationInDatabase } from '../highestGeneration.js';
import type { Identities } from '../sql/Identities.js';
import type { JournalChain } from './JournalChain.js';
import type { KeptSnapshots } from './KeptSnapshots.js';
import type { SqlConnection } from './SqlConnection.js';
import { StepEncoder } from './StepEncoder.js';
import { applyChanges } from '../sql/applyChanges.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import { filesOfMoment } from './filesOfMoment.js';
import { writeSnapshot } from './snapshotFile.js';
import { boundValues, type StatementName } from '../sql/statements.js';
import type { SqlSteps, Value } from '../sql/Sql.js';
import type { WriteGate } from '../sql/createQueries.js';
import { inSlices } from '../sql/inSlices.js';

/** Journal bytes, packed, from which a snapshot is written when nothing waits: to replay them takes a start longest. */
const FOLD_FROM = 256 * 1024;

/** What a writer works with. */
export interface WriterParts {
  readonly connection: SqlConnection;
  readonly identities: Identities;
  readonly chain: JournalChain;
  readonly place: StorePlace;
  readonly files: StoreFiles;
  readonly kept: KeptSnapshots;
  /** Journal bytes from which a fold is due; 256 KB unless given. */
  readonly foldFrom?: number | undefined;
  /** A fold is due whatever the size. */
  readonly isFoldDue: boolean;
}

/**
 * Changes the database in sql.js: every commit stands in the journal before it counts. A long one is written in pieces,
 * between which others have their turn but nobody reads.
 */
export class JournaledWriter implements WriteGate {
  readonly #parts: WriterParts;
  readonly #encoder = new StepEncoder();
  #folding: Promise<void> | undefined;
  #writing: Promise<void> | undefined;
  /** The database is being copied: nobody changes it, everybody reads. */
  #copying: Promise<Uint8Array> | undefined;
  #isFoldDue: boolean;
  /** Commits that wait for their turn. */
  #queued = 0;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#isFoldDue = parts.isFoldDue;
  }

  get isWriting(): boolean {
    return this.#writing !== undefined;
  }

  async written(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  async commit(changes: SiteChanges): Promise<void> {
    this.#queued += 1;
    while (this.isWriting || this.#copying !== undefined) await this.#writable();
    this.#queued -= 1;
    this.#refuseWhenSuperseded();
    this.#parts.connection.control('BEGIN');
    const run = (name: StatementName, values: readonly Value[]): void => this.#run(name, values);
    this.#writing = this.#write(
      applyChanges(changes, { sql: this.#parts.connection, identities: this.#parts.identities, run }),
    ).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Writes a snapshot in slices between which the engine answers and commits; one at a time. */
  async fold(options: { readonly isDue?: boolean } = {}): Promise<void> {
    if (options.isDue === true) this.#isFoldDue = true;
    this.#folding ??= this.#fold().finally(() => {
      this.#folding = undefined;
    });
    return this.#folding;
  }

  /** Writes every file again, because some are damaged: nothing that was there before stands in for the snapshot. */
  async rewrite(): Promise<void> {
    await this.#folding?.catch(() => undefined);
    this.#parts.kept.forgetAll();
    await this.fold({ isDue: true });
    this.#parts.chain.renewSeal();
  }

  /** The files of this moment, none of which is removed until they are released. */
  hold(): HeldDatabase {
    const { chain, connection, kept } = this.#parts;
    const release = kept.hold();
    try {
      return {
        ...filesOfMoment(this.#parts, chain.current),
        highestDocument: atOnce(highestRevision(connection)),
        release,
      };
    } catch (error) {
      release();
      throw error;
    }
  }

  async close(): Promise<void> {
    // Whoever asked for the snapshot hears of its failure.
    await this.#folding?.catch(() => undefined);
    while (this.isWriting || this.#queued > 0) await this.#writable();
    try {
      this.#parts.chain.close();
    } finally {
      this.#parts.connection.close();
    }
  }

  async #writable(): Promise<void> {
    await this.#copying?.catch(() => undefined);
    await this.written();
  }

  async #write(steps: SqlSteps<void>): Promise<void> {
    try {
      await inSlices(steps);
      await this.#commit();
    } catch (error) {
      this.#undo();
      if (error instanceof SyncError) throw error;
      throw new SyncError('InternalError', { where: 'the site database', reason: reasonOf(error) }, { cause: error });
    }
  }

  #run(name: StatementName, values: readonly Value[]): void {
    const bound = boundValues(name, values);
    this.#parts.connection.run(name, bound);
    this.#encoder.add(name, bound);
  }

  /** The database waits for the disk, and nobody reads it meanwhile; whatever else the engine does goes on. */
  async #commit(): Promise<void> {
    const { connection, chain } = this.#parts;
    const payload = await this.#encoder.takeLater();
    if (payload.length === 0) {
      connection.control('COMMIT');
      return;
    }
    await chain.append(payload);
    try {
      // Whoever took the site over before the sync has not read this transaction; whoever does so now reads it.
      this.#refuseWhenSuperseded();
      connection.control('COMMIT');
    } catch (error) {
      chain.forgetLast();
      throw error;
    }
    chain.acknowledge(atOnce(highestRevision(connection)));
  }

  async #fold(): Promise<void> {
    while (this.isWriting) await this.written();
    const { chain, files, place, foldFrom, kept } = this.#parts;
    const size = chain.size;
    if (!this.#isFoldDue && size < (foldFrom ?? FOLD_FROM)) return;
    this.#refuseWhenSuperseded();
    // No commit may come between the new journal and the image: the snapshot stands for all before that journal.
    const name = chain.next();
    const database = await this.#copy();
    const bytes = await writeSnapshot(files, place.database, {
      name,
      database,
      digest: chain.headerDigest,
      site: place.siteGuid,
    });
    this.#refuseWhenSuperseded();
    chain.folded(size);
    chain.settle();
    this.#isFoldDue = false;
    kept.replace({ name, bytes }, size);
  }

  async #copy(): Promise<Uint8Array> {
    this.#copying = inTurns(this.#parts.connection.image()).finally(() => {
      this.#copying = undefined;
    });
    return this.#copying;
  }

  /** An engine that was paused while another took over must not acknowledge anything any more. */
  #refuseWhenSuperseded(): void {
    const { files, place, chain } = this.#parts;
    const generation = writing(place.database, () => generationInDatabase(files, place.database));
    if (generation > chain.name.generation)
      throw new SyncError('StoreSuperseded', { site: path.basename(place.site), generation });
  }

  #undo(): void {
    this.#encoder.take();
    this.#parts.connection.control('ROLLBACK');
    this.#parts.identities.reset();
  }
}
