import type { Readable } from 'node:stream';
import { type DataCallback, type Disposable, StreamMessageReader } from 'vscode-jsonrpc/node';

/** What a reader tells of what comes. */
export interface LinkReaderEvents {
  readonly onBytes: (count: number) => void;
  readonly onMessage: () => void;
  /** False once the connection is being closed: what still comes is dropped. */
  readonly isOpen: () => boolean;
}

/** Reads messages and counts them before they are handled. */
export class LinkReader extends StreamMessageReader {
  readonly #stream: Readable;
  readonly #events: LinkReaderEvents;

  constructor(stream: Readable, events: LinkReaderEvents) {
    super(stream);
    this.#stream = stream;
    this.#events = events;
  }

  override listen(callback: DataCallback): Disposable {
    // Before the reader's own listener, so that too much is noticed before it is kept.
    this.#stream.on('data', (chunk: Buffer) => this.#events.onBytes(chunk.length));
    return super.listen((message) => {
      if (!this.#events.isOpen()) return;
      this.#events.onMessage();
      if (this.#events.isOpen()) callback(message);
    });
  }
}
