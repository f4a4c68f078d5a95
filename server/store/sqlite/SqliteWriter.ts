import path from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { atOnce } from '../../platform/inTurns.js';
import type { SiteChanges } from '../SiteChanges.js';
import type { StorePlace } from '../StorePlace.js';
import type { SealKeeper } from '../seal/SealKeeper.js';
import type { Identities } from '../sql/Identities.js';
import type { Value } from '../sql/Sql.js';
import { applyChanges } from '../sql/applyChanges.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import type { WriteGate } from '../sql/createQueries.js';
import { inSlices } from '../sql/inSlices.js';
import type { StatementName } from '../sql/statements.js';
import { nextState, positionOf, readState, writeState } from './EngineRow.js';
import type { EngineState } from './EngineRow.js';
import type { SqliteConnection } from './SqliteConnection.js';

/** What a writer works with. */
export interface SqliteParts {
  readonly connection: SqliteConnection;
  readonly identities: Identities;
  readonly seal: SealKeeper;
  readonly place: StorePlace;
  /** Of this engine: another one that opened the file has a higher one. */
  readonly generation: number;
}

/**
 * Changes a database file, one transaction after the other; a long one is written in pieces, between which others have
 * their turn but nobody reads. Each looks within itself whether the file still belongs to this engine.
 */
export class SqliteWriter implements WriteGate {
  readonly #parts: SqliteParts;
  #writing: Promise<void> | undefined;
  /** Commits that wait for their turn. */
  #queued = 0;

  constructor(parts: SqliteParts) {
    this.#parts = parts;
  }

  get isWriting(): boolean {
    return this.#writing !== undefined;
  }

  async written(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  async commit(changes: SiteChanges): Promise<void> {
    await this.#turn();
    this.#writing = this.#write(changes).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Brings what was committed from the log into the file. */
  async fold(): Promise<void> {
    while (this.isWriting) await this.written();
    const { connection, seal } = this.#parts;
    connection.one('PRAGMA wal_checkpoint(PASSIVE)');
    seal.settle(positionOf(readState(connection)), atOnce(highestRevision(connection)));
  }

  /** Waits for every commit that was asked for. */
  async ended(): Promise<void> {
    while (this.isWriting || this.#queued > 0) await this.written();
  }

  async #turn(): Promise<void> {
    this.#queued += 1;
    while (this.isWriting) await this.written();
    this.#queued -= 1;
  }

  async #write(changes: SiteChanges): Promise<void> {
    const { connection, identities, seal } = this.#parts;
    try {
      connection.exec('BEGIN IMMEDIATE');
      const state = this.#ownState();
      let statements = 0;
      const run = (name: StatementName, values: readonly Value[]): void => {
        statements += 1;
        connection.run(name, values);
      };
      await inSlices(applyChanges(changes, { sql: connection, identities, run }));
      if (statements === 0) {
        connection.exec('COMMIT');
        return;
      }
      const next = nextState(state, this.#parts.generation);
      writeState(connection, next);
      connection.exec('COMMIT');
      seal.note(positionOf(next), atOnce(highestRevision(connection)));
    } catch (error) {
      this.#undo();
      if (error instanceof SyncError) throw error;
      throw new SyncError('InternalError', { where: 'the site database', reason: reasonOf(error) }, { cause: error });
    }
  }

  /** Nobody else writes from here to the end of the transaction. */
  #ownState(): EngineState {
    const { connection, generation, place } = this.#parts;
    const state = readState(connection);
    if (state.generation !== generation)
      throw new SyncError('StoreSuperseded', { site: path.basename(place.site), generation: state.generation });
    return state;
  }

  #undo(): void {
    const { connection, identities } = this.#parts;
    if (connection.isInTransaction) connection.exec('ROLLBACK');
    connection.settings.clear();
    connection.descriptions.clear();
    identities.reset();
  }
}
