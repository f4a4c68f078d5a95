import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { reasonOf } from '../../errors/SyncError.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { createFile, readAll, writeAll } from '../fileCalls.js';
import type { PostgresSession } from './PostgresSession.js';

/** What this server knows of the last transaction that it wrote as the owner. */
interface Witness extends WrittenLast {
  readonly siteGuid: string;
}

/** The last transaction of an owner, as the database has it. */
export interface WrittenLast {
  readonly epoch: number;
  /** Id of the engine that had the site; undefined where an earlier version has not kept it. */
  readonly engine?: string | undefined;
  readonly token: string;
}

/** What the database has of an epoch: of the one of now, or of that one where it is over. */
export async function writtenLast({ query }: PostgresSession, of = -1): Promise<WrittenLast> {
  const [row = []] = await query(
    'SELECT coalesce(p.epoch, s.epoch), coalesce(p.engine, l.engine), coalesce(p.token, s.token) FROM lease l ' +
      'CROSS JOIN store s LEFT JOIN past_lease p ON p.epoch = $1',
    [of],
  );
  const [epoch, engine, token] = row;
  // A version that changes the tables takes the lease from whoever has it.
  return { epoch: Number(epoch), engine: engine === '' ? undefined : String(engine), token: String(token) };
}

/** By what a transaction is known: its number among those of the engine that owns the site in this epoch. */
export function commitToken(epoch: number, number: number): string {
  return `${epoch}.${number} ${randomUUID()}`;
}

/** 0 for one of an earlier epoch, or of a version that did not number them. A database that was left has it behind. */
function numberIn({ epoch, token }: WrittenLast): number {
  const [, of, number] = /^(?:left by .*\n)?(\d+)\.(\d+) /.exec(token) ?? [];
  return Number(of) === epoch ? Number(number) : 0;
}

/** Whether the database lacks what was acknowledged. */
function isBehind(found: WrittenLast, last: WrittenLast | undefined): boolean {
  if (last === undefined || found.epoch > last.epoch) return false;
  if (found.epoch < last.epoch) return true;
  // In one epoch one engine writes, and numbers what it writes.
  const isOther = found.engine !== undefined && last.engine !== undefined && found.engine !== last.engine;
  return isOther || numberIn(found) < numberIn(last);
}

const WENT_BACK =
  'DatabaseWentBack: The database of the site was put back to an earlier time: it lacks transactions that it had ' +
  'acknowledged to this server. It was restored from an older dump, or a failover of asynchronous replication ' +
  'lost them. The site goes on with what is there. Check it with Test-CMSyncStore (configmgrsync check), ' +
  'synchronize, and look whether recent settings are still there. This is told until the engine starts again.';

/** A sector: it is written as a whole. */
const SIZE = 512;
const FILE = 'witness';

/**
 * Remembers in the site folder what PostgreSQL has acknowledged. A database that was put back to an earlier time, by a
 * failover that lost transactions or by an older dump, does not know of it itself.
 */
export class CommitWitness {
  readonly #files: StoreFiles;
  readonly #file: string;
  readonly #siteGuid: string;
  readonly #report: (line: string) => void;
  #isFailing = false;
  #last: Witness | undefined;
  #loss: string | undefined;

  constructor({ files, place }: { files: StoreFiles; place: StorePlace }, report: (line: string) => void) {
    this.#files = files;
    this.#file = path.join(place.database, FILE);
    this.#siteGuid = place.siteGuid;
    this.#report = report;
    this.#last = this.#read();
  }

  /** What the database has lost since this engine was started, as a sentence; undefined where it lost nothing. */
  get loss(): string | undefined {
    return this.#loss;
  }

  /** The last transaction that was acknowledged to this server. */
  get last(): WrittenLast | undefined {
    return this.#last;
  }

  /**
   * Says by name where the database lacks what was acknowledged to this server. `found`: of the epoch of the witness
   * where the database knows it, else of the one of now. `last`: what was acknowledged when the database was asked.
   */
  look(found: WrittenLast, last: WrittenLast | undefined = this.#last): void {
    if (isBehind(found, last)) this.lost();
  }

  /** The database lacks what was acknowledged to this server. */
  lost(): void {
    if (this.#loss !== undefined && this.#last === undefined) return;
    this.#last = undefined;
    this.#loss = WENT_BACK;
    this.#report(WENT_BACK);
  }

  /** Noted without a sync: a kill loses nothing of it. */
  acknowledge({ epoch, engine, token }: WrittenLast): void {
    this.#last = { siteGuid: this.#siteGuid, epoch, engine, token };
    const bytes = Buffer.alloc(SIZE, ' ');
    bytes.write(JSON.stringify(this.#last));
    try {
      if (!this.#files.existsSync(this.#file)) this.#files.closeSync(createFile(this.#files, this.#file, bytes));
      const descriptor = this.#files.openSync(this.#file, 'r+');
      try {
        writeAll(this.#files, descriptor, { bytes, position: 0 });
      } finally {
        this.#files.closeSync(descriptor);
      }
      this.#isFailing = false;
    } catch (error) {
      // The transaction counts without it.
      if (!this.#isFailing) this.#report(`${this.#file} could not be written: ${reasonOf(error)}.`);
      this.#isFailing = true;
    }
  }

  #read(): Witness | undefined {
    if (!this.#files.existsSync(this.#file)) return undefined;
    try {
      const descriptor = this.#files.openSync(this.#file, 'r');
      try {
        const bytes = Buffer.alloc(SIZE);
        readAll(this.#files, descriptor, { bytes, position: 0 });
        const witness = JSON.parse(bytes.toString('utf8')) as Witness;
        return witness.siteGuid === this.#siteGuid ? witness : undefined;
      } finally {
        this.#files.closeSync(descriptor);
      }
    } catch (error) {
      this.#report(`${this.#file} cannot be read, so that nothing is known of lost transactions: ${reasonOf(error)}.`);
      return undefined;
    }
  }
}
