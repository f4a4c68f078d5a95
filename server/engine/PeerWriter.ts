import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { type Message, StreamMessageWriter } from 'vscode-jsonrpc/node';

/** Answers that may wait for a peer to read them; an answer can have some megabytes. */
const MOST_UNREAD = 4;

/** Writes to one peer and knows how much of it the peer has not taken yet. */
export class PeerWriter extends StreamMessageWriter {
  readonly #socket: Socket;
  #unread = 0;
  #wake: (() => void)[] = [];

  constructor(socket: Socket, output: Writable) {
    super(output);
    this.#socket = socket;
  }

  override async write(message: Message): Promise<void> {
    this.#unread += 1;
    try {
      await super.write(message);
    } finally {
      this.#unread -= 1;
      for (const wake of this.#wake.splice(0)) wake();
    }
  }

  /** A peer that does not read its answers gets no further ones worked out, and is not listened to until it does. */
  async untilRead(): Promise<void> {
    while (this.#unread >= MOST_UNREAD && !this.#socket.destroyed) {
      this.#socket.pause();
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    this.#socket.resume();
  }
}
