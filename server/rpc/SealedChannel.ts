import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { SyncError } from '../errors/SyncError.js';

/** The two nonces of a connection in the order in which an end writes them. */
export interface Nonces {
  readonly engine: string;
  readonly relay: string;
}

/**
 * An end that seals what it sends says so in its nonce: the proofs cover it, so that nobody in between can take it
 * away.
 */
const SEALING = 's.';

/** A nonce of an end that seals. */
export function sealingNonce(random: string): string {
  return `${SEALING}${random}`;
}

/** True where both ends seal; one of an older version does not. */
export function isSealing({ engine, relay }: Nonces): boolean {
  return engine.startsWith(SEALING) && relay.startsWith(SEALING);
}

/**
 * Whether an engine takes sessions of version 0.1, which seal nothing. On Windows who comes between could have an
 * engine with more rights than his do what he adds; elsewhere the folder of the socket keeps others away.
 */
export function takesUnsealed(platform: NodeJS.Platform, isPrivileged: boolean): boolean {
  return platform !== 'win32' || !isPrivileged;
}

/** What the engine proves itself with. */
export function engineProof(secret: string, nonces: Nonces): string {
  return hmac(secret, `engine|${nonces.relay}|${nonces.engine}`);
}

/** What the relay proves itself with. */
export function relayProof(secret: string, nonces: Nonces): string {
  return hmac(secret, `relay|${nonces.engine}|${nonces.relay}`);
}

/** Compares without telling by time how much was right. */
export function sameProof(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
}

/**
 * A handshake is short: what has no end within so much is passed on, for the reader of messages to say what is wrong.
 */
const LONGEST = 65_536;

/** Tells the first messages of a stream from what follows them, wherever the stream is cut. */
export class PlainFrames {
  #messages: number;
  #waiting: Buffer = Buffer.alloc(0);
  #isBroken = false;

  /** `messages`: so many come first. */
  constructor(messages: number) {
    this.#messages = messages;
  }

  /** Whole messages that came first, and what lies behind the last of them. */
  take(chunk: Buffer): { readonly plain: Buffer; readonly rest: Buffer } {
    if (this.#isBroken) return { plain: chunk, rest: Buffer.alloc(0) };
    if (this.#messages === 0) return { plain: Buffer.alloc(0), rest: chunk };
    const all = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
    let from = 0;
    while (this.#messages > 0) {
      const end = endOfMessage(all, from);
      if (end === undefined) {
        this.#waiting = Buffer.from(all.subarray(from));
        this.#isBroken = isNoMessage(this.#waiting);
        const plain = all.subarray(0, this.#isBroken ? all.length : from);
        return { plain, rest: Buffer.alloc(0) };
      }
      from = end;
      this.#messages -= 1;
    }
    this.#waiting = Buffer.alloc(0);
    return { plain: all.subarray(0, from), rest: all.subarray(from) };
  }
}

function endOfMessage(bytes: Buffer, from: number): number | undefined {
  const head = bytes.indexOf('\r\n\r\n', from);
  if (head === -1) return undefined;
  const length = /content-length: *(\d+)/i.exec(bytes.toString('latin1', from, head))?.[1];
  const end = head + 4 + Number(length);
  return length !== undefined && end <= bytes.length ? end : undefined;
}

/** True for what cannot become a message any more. */
function isNoMessage(bytes: Buffer): boolean {
  if (bytes.length > LONGEST) return true;
  const head = bytes.indexOf('\r\n\r\n');
  const start = bytes.toString('latin1', 0, Math.min(bytes.length, 8)).toLowerCase();
  return (
    !'content-'.startsWith(start.slice(0, 8)) ||
    (head !== -1 && !/content-length/i.test(bytes.toString('latin1', 0, head)))
  );
}

/** Which end of a connection this is. */
export type End = 'engine' | 'relay';

/** What both ends know once they have seen each other's nonces. */
interface ChannelSecret {
  /** Of the site, hexadecimal. */
  readonly secret: string;
  readonly nonces: Nonces;
  /** What the one-time keys of both ends make. */
  readonly shared: Buffer;
}

/** hello and authenticate, and their answers, go as they are; nobody can do anything with them. */
const PLAIN_MESSAGES = 2;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** A record is opened once it is whole: a long message is many, so that little is held. */
const RECORD_BYTES = 65_536;

/**
 * A connection between relay and engine, of which everything after the proofs is sealed with a key that only they have:
 * somebody in between, as a second server of a pipe is, can neither read a password nor add a request.
 */
export class SealedChannel {
  readonly input = new PassThrough();
  readonly output: Writable;
  readonly #socket: Socket;
  readonly #end: End;
  readonly #came = new PlainFrames(PLAIN_MESSAGES);
  readonly #went = new PlainFrames(PLAIN_MESSAGES);
  #held: Buffer = Buffer.alloc(0);
  #mode: Mode = 'undecided';

  constructor(socket: Socket, end: End) {
    this.#socket = socket;
    this.#end = end;
    this.output = new Writable({
      write: (chunk: Buffer, _encoding, done) => void socket.write(this.#outgoing(chunk), done),
      final: (done) => void socket.end(done),
    });
    this.output.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.input.end());
    // What came before the end is still to be read.
    socket.on('close', () => this.input.end());
  }

  /** From the third message of each direction on everything is sealed. */
  seal({ secret, nonces, shared }: ChannelSecret): void {
    const material = Buffer.concat([Buffer.from(secret, 'hex'), shared]);
    const key = (from: End): Buffer =>
      Buffer.from(hkdfSync('sha256', material, `${nonces.relay}|${nonces.engine}`, from, 32));
    const other = this.#end === 'engine' ? 'relay' : 'engine';
    this.#decide({ seals: new Box(key(this.#end)), opens: new Box(key(other)) });
  }

  /** The other end is of a version that seals nothing. */
  stayPlain(): void {
    this.#decide('plain');
  }

  #decide(mode: Exclude<Mode, 'undecided'>): void {
    this.#mode = mode;
    this.#receive(Buffer.alloc(0));
  }

  #outgoing(chunk: Buffer): Buffer {
    const { plain, rest } = this.#went.take(chunk);
    if (rest.length === 0) return plain;
    return typeof this.#mode === 'string' ? chunk : Buffer.concat([plain, ...sealedRecords(this.#mode.seals, rest)]);
  }

  #receive(chunk: Buffer): void {
    const { plain, rest } = this.#came.take(chunk);
    if (plain.length > 0) this.input.write(plain);
    this.#held = this.#held.length === 0 ? rest : Buffer.concat([this.#held, rest]);
    if (this.#mode === 'undecided' || this.#held.length === 0) return;
    if (this.#mode === 'plain') {
      this.input.write(this.#held);
      this.#held = Buffer.alloc(0);
    } else this.#open(this.#mode.opens);
  }

  #open(box: Box): void {
    try {
      for (let record = this.#nextRecord(); record !== undefined; record = this.#nextRecord())
        this.input.write(box.open(record));
    } catch {
      // Somebody changed or added something: nothing of it is believed, and the connection is over.
      this.#socket.destroy();
    }
  }

  #nextRecord(): Buffer | undefined {
    if (this.#held.length < LENGTH_BYTES) return undefined;
    const end = LENGTH_BYTES + this.#held.readUInt32BE(0);
    if (end > LENGTH_BYTES + RECORD_BYTES + TAG_BYTES)
      throw new SyncError('InvalidRequest', { method: 'a record', reason: 'A record of the connection is too long' });
    if (this.#held.length < end) return undefined;
    const record = this.#held.subarray(LENGTH_BYTES, end);
    this.#held = this.#held.subarray(end);
    return record;
  }
}

type Mode = 'undecided' | 'plain' | { readonly opens: Box; readonly seals: Box };

function sealedRecords(box: Box, bytes: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += RECORD_BYTES) records.push(box.seal(bytes.subarray(at, at + RECORD_BYTES)));
  return records;
}

/** Seals or opens the records of one direction, in their order: a record that is left out or repeated does not open. */
class Box {
  readonly #key: Buffer;
  #count = 0n;

  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(plain: Buffer): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, this.#next());
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(sealed.length);
    return Buffer.concat([length, sealed]);
  }

  open(record: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, this.#next(), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(record.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(record.subarray(0, -TAG_BYTES)), decipher.final()]);
  }

  #next(): Buffer {
    const iv = Buffer.alloc(12);
    iv.writeBigUInt64BE(this.#count, 4);
    this.#count += 1n;
    return iv;
  }
}
