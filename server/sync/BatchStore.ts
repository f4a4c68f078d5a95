import { SyncError } from '../errors/SyncError.js';
import type { DocumentLocation, DocumentStream } from '../store/DocumentStore.js';
import type { SyncContext } from './SyncContext.js';
import type { ReadBatch } from './readBatch.js';

type StoringContext = Pick<SyncContext, 'documents' | 'database' | 'recorder' | 'now'>;
type RowsAndDocuments = Pick<ReadBatch, 'revisions' | 'sealed'>;
type ReadSettings = () => Promise<Readonly<Record<string, unknown>>>;

const NOTHING = { revisions: [], sealed: { bytes: new Uint8Array(0), lengths: [] } };

/**
 * Stores the batches of one stream in their order. The documents of a batch are written while the rows of the one
 * before are committed; a row never stands before its document.
 */
export class BatchStore {
  readonly #context: StoringContext;
  readonly #stream: DocumentStream;
  #appended: Promise<unknown> = Promise.resolve();
  #committed: Promise<void> = Promise.resolve();

  constructor(context: StoringContext, stream: DocumentStream) {
    this.#context = context;
    this.#stream = stream;
  }

  /**
   * Begins to store a batch once the one before is stored; `settings` are stored with it. `stored` is called when all
   * of it is durable.
   * @throws SyncError of the batch before
   */
  async add(batch: RowsAndDocuments, settings: ReadSettings, stored: () => void): Promise<void> {
    const appended = this.#context.documents.appendSealed(this.#stream, batch.sealed);
    this.#appended = appended.catch(() => undefined); // awaited by the commit
    await this.#committed;
    this.#committed = this.#commit(batch, appended, settings).then(stored);
    this.#committed.catch(() => undefined); // awaited by the next batch, or at the end
  }

  /** Stores settings without documents. */
  async addSettings(settings: ReadSettings): Promise<void> {
    return this.add(NOTHING, settings, () => undefined);
  }

  /** Fulfilled when all is stored. */
  async finish(): Promise<void> {
    await this.#committed;
  }

  /** Fulfilled when nothing is written any more, whatever came of it. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#appended, this.#committed]);
  }

  async #commit(
    { revisions }: RowsAndDocuments,
    appended: Promise<readonly DocumentLocation[]>,
    read: ReadSettings,
  ): Promise<void> {
    const { database, now, recorder } = this.#context;
    const locations = await appended;
    const stored = now().getTime();
    const settings = await read();
    const rows = revisions.map((facts, index) => ({ ...facts, location: locations[index] ?? missing(), stored }));
    if (rows.length > 0 || Object.keys(settings).length > 0) await database.commit({ revisions: rows, settings });
    recorder.countFetched(rows.length);
  }
}

function missing(): never {
  throw new SyncError('InternalError', { where: 'the document store', reason: 'fewer locations than documents' });
}
