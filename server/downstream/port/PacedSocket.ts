import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A TCP connection that hands on what it reads in turns. The event loop reads of all connections that have something
 * before anything else goes on: were it decrypted, parsed and kept at once, thousands could bring it together.
 */
export class PacedSocket extends Duplex {
  readonly #tcp: Socket;
  readonly #turn: (bytes: Buffer) => Promise<void>;
  #isWaiting = false;
  #isAtEnd = false;

  /** `turn` is fulfilled when these bytes may be handed on. */
  constructor(tcp: Socket, turn: (bytes: Buffer) => Promise<void>) {
    super({ allowHalfOpen: true });
    this.#tcp = tcp;
    this.#turn = turn;
    tcp.on('data', (bytes: Buffer) => void this.#take(bytes));
    tcp.on('end', () => this.#finish());
    for (const event of ['error', 'close']) tcp.on(event, () => this.destroy());
    tcp.on('timeout', () => this.#timeout());
    tcp.pause();
  }

  setTimeout(milliseconds: number): this {
    this.#tcp.setTimeout(milliseconds);
    return this;
  }

  setNoDelay(isOn?: boolean): this {
    this.#tcp.setNoDelay(isOn);
    return this;
  }

  setKeepAlive(isOn?: boolean, initialDelay?: number): this {
    this.#tcp.setKeepAlive(isOn, initialDelay);
    return this;
  }

  override _read(): void {
    if (!this.#isWaiting) this.#tcp.resume();
  }

  override _write(bytes: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#tcp.write(bytes, encoding, done);
  }

  override _writev(
    parts: readonly { readonly chunk: Buffer; readonly encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#tcp.cork();
    for (const [index, { chunk, encoding }] of parts.entries())
      this.#tcp.write(chunk, encoding, index === parts.length - 1 ? done : undefined);
    this.#tcp.uncork();
  }

  override _final(done: () => void): void {
    this.#tcp.end(done);
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.#tcp.destroy();
    // A peer that resets its connection is gone, nothing more.
    done(null);
  }

  async #take(bytes: Buffer): Promise<void> {
    this.#isWaiting = true;
    this.#tcp.pause();
    await this.#turn(bytes);
    this.#isWaiting = false;
    if (this.destroyed) return;
    if (this.push(bytes)) this.#tcp.resume();
    if (this.#isAtEnd) this.#finish();
  }

  #finish(): void {
    this.#isAtEnd = true;
    if (!this.#isWaiting) this.push(null);
  }

  /** While something waits for its turn it is not the peer who is late. */
  #timeout(): void {
    if (this.#isWaiting) this.#tcp.setTimeout(this.#tcp.timeout ?? 0);
    else this.emit('timeout');
  }
}
