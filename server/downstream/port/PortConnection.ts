import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { beforeHead, headEnd } from './headEnd.js';

/** The end of a body of unknown length is only found by who reads it: it gets it in pieces of so many bytes. */
const CHUNKED_PIECE = 1024;

/** What is handed on next: a head, a body, nothing until the answer is out, or everything. */
type Reading =
  | { readonly what: 'head' | 'nothing' | 'everything' }
  | { readonly what: 'body'; left: number }
  | { readonly what: 'chunks'; readonly request: IncomingMessage };

/** What a connection goes over: TCP, or TLS over it. */
export interface Transport extends Duplex {
  setTimeout(milliseconds: number): unknown;
  setNoDelay(isOn?: boolean): unknown;
  setKeepAlive(isOn?: boolean, initialDelay?: number): unknown;
}

/** Of whom a connection is, and the time in ms since 1970. */
interface ConnectionFacts {
  readonly remoteAddress: string | undefined;
  readonly now: () => number;
}

/**
 * A connection as an HTTP server takes it, over a TCP or TLS socket. It hands on one request at a time: what a peer
 * sends beyond that waits unread until the answer is out.
 */
export class PortConnection extends Duplex {
  readonly #now: () => number;
  readonly transport: Transport;
  readonly encrypted: boolean;
  readonly remoteAddress: string | undefined;
  #reading: Reading = { what: 'head' };
  #head = beforeHead();
  #held: Buffer | undefined;
  #isWanted = false;
  #isAtEnd = false;
  #isInWork = false;
  #isOver = false;
  #lastRead: number;
  #writingSince: number | undefined;
  #allowed = Number.POSITIVE_INFINITY;
  #onTooMuch: () => void = () => undefined;

  constructor(transport: Transport, { remoteAddress, now }: ConnectionFacts) {
    super({ allowHalfOpen: true });
    this.transport = transport;
    this.encrypted = transport instanceof TLSSocket;
    this.remoteAddress = remoteAddress;
    this.#now = now;
    this.#lastRead = now();
    transport.on('data', (bytes: Buffer) => this.#take(bytes));
    transport.on('end', () => this.#finish());
    // A peer that resets its connection is gone, nothing more.
    for (const event of ['error', 'close']) transport.on(event, () => this.destroy());
    transport.on('timeout', () => this.emit('timeout'));
    transport.pause();
  }

  /** Since when we wait for the peer to send or to take something; undefined while he waits for us. */
  waitingSince(): number | undefined {
    if (this.#writingSince !== undefined) return this.#writingSince;
    // A head that became no request: nobody answers it, and it must not keep its place.
    if (this.#reading.what === 'nothing' && !this.#isInWork) return this.#lastRead;
    const isReading = this.#reading.what !== 'nothing' && this.#isWanted && this.#held === undefined;
    return isReading ? this.#lastRead : undefined;
  }

  /**
   * A request has begun: its body is handed on, and then nothing until `answered`. False where another is in work,
   * which only happens behind a body in chunks: then the connection ends with the answer to that one.
   */
  begin(request: IncomingMessage): boolean {
    this.#isOver ||= this.#isInWork;
    if (this.#isOver) return false;
    this.#isInWork = true;
    const length = Number(request.headers['content-length'] ?? 0);
    if (request.headers['transfer-encoding'] !== undefined) this.#reading = { what: 'chunks', request };
    else this.#reading = length > 0 ? { what: 'body', left: length } : { what: 'nothing' };
    this.#hand();
    return true;
  }

  /** The answer is out: the next request is handed on, once what is left of the body is. */
  answered(request: IncomingMessage): void {
    this.#isInWork = false;
    if (this.#isOver) this.destroySoon();
    else if (!request.complete && !this.destroyed) request.once('end', () => this.#next()).resume();
    else this.#next();
  }

  /** From now on everything is handed on: the connection is no HTTP connection any more. */
  passThrough(): void {
    this.#reading = { what: 'everything' };
    this.#hand();
  }

  /** Calls back when the peer has sent more than so many bytes from now on; `Infinity` lifts the limit. */
  limitReading(bytes: number, onTooMuch: () => void): void {
    this.#allowed = bytes - (this.#held?.length ?? 0);
    this.#onTooMuch = onTooMuch;
  }

  /** Whoever connected has proved to be a node of the site: nothing of what holds for strangers holds any more. */
  prove(): void {
    this.limitReading(Number.POSITIVE_INFINITY, () => undefined);
    this.emit('proved');
  }

  setTimeout(milliseconds: number, listener?: () => void): this {
    if (listener !== undefined) this.once('timeout', listener);
    this.transport.setTimeout(milliseconds);
    return this;
  }

  setNoDelay(isOn?: boolean): this {
    this.transport.setNoDelay(isOn);
    return this;
  }

  setKeepAlive(isOn?: boolean, initialDelay?: number): this {
    this.transport.setKeepAlive(isOn, initialDelay);
    return this;
  }

  /** Ends the connection once everything is written, as HTTP servers do after the last answer. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  override _read(): void {
    this.#isWanted = true;
    this.#hand();
  }

  override _write(bytes: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#writingSince ??= this.#now();
    this.transport.write(bytes, encoding, () => {
      this.#writingSince = undefined;
      done();
    });
  }

  override _writev(
    parts: readonly { readonly chunk: Buffer; readonly encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.transport.cork();
    for (const { chunk, encoding } of parts.slice(0, -1)) this.transport.write(chunk, encoding);
    const last = parts.at(-1);
    if (last === undefined) done();
    else this._write(last.chunk, last.encoding, done);
    this.transport.uncork();
  }

  override _final(done: () => void): void {
    this.transport.end(done);
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.#held = undefined;
    this.transport.destroy();
    // Whoever destroys it knows why, and others are not to hear of an error that is none of theirs.
    done(null);
  }

  #next(): void {
    this.#head = beforeHead();
    this.#reading = { what: 'head' };
    this.#hand();
  }

  #take(bytes: Buffer): void {
    this.#lastRead = this.#now();
    this.#allowed -= bytes.length;
    if (this.#allowed < 0) {
      this.transport.pause();
      this.#onTooMuch();
      return;
    }
    this.transport.pause();
    this.#held = this.#held === undefined ? bytes : Buffer.concat([this.#held, bytes]);
    this.#hand();
  }

  #finish(): void {
    this.#isAtEnd = true;
    if (this.#held === undefined) this.push(null);
  }

  /** Hands the next piece on where one is wanted and may be handed on; reads further when nothing is left. */
  #hand(): void {
    if (!this.#isWanted || this.destroyed) return;
    if (this.#held === undefined) {
      this.transport.resume();
      return;
    }
    const end = this.#pieceEnd(this.#held);
    if (end === 0) return;
    const piece = this.#held.subarray(0, end);
    this.#held = end < this.#held.length ? this.#held.subarray(end) : undefined;
    this.#isWanted = false;
    this.push(piece);
    if (this.#isAtEnd) this.#finish();
  }

  /** How much of the bytes may be handed on. */
  #pieceEnd(held: Buffer): number {
    const reading = this.#reading;
    if (reading.what === 'everything') return held.length;
    if (reading.what === 'head') {
      const end = headEnd(held, 0, this.#head);
      if (end < 0) return held.length;
      // Until the request is there.
      this.#reading = { what: 'nothing' };
      return end;
    }
    if (reading.what === 'body') {
      const length = Math.min(reading.left, held.length);
      reading.left -= length;
      return length;
    }
    if (reading.what === 'chunks' && !reading.request.complete) return Math.min(CHUNKED_PIECE, held.length);
    return 0;
  }
}
