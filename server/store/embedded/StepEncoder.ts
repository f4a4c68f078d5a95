import type { Steps } from '../../platform/inTurns.js';
import { PACKED, packSteps, packStepsLater, unpackSteps } from './packedSteps.js';
import type { Value } from '../sql/Sql.js';
import { STATEMENT_NAMES, type StatementName, TAKES_BYTES } from '../sql/statements.js';

const NUMBER_OF = new Map(STATEMENT_NAMES.map((name, index) => [name, index]));
const NULL = 0,
  INT = 1,
  DOUBLE = 2,
  TEXT = 3,
  BLOB = 4;
const START_SIZE = 256 * 1024;
/** Steps of so many bytes are packed into one block. */
const BLOCK = START_SIZE / 2;
/** Bytes that take longer to pack than the way to another thread. */
const LONG = 16 * 1024;
/** Bytes of UTF-8 that a character of a text takes. */
const LONGEST_CHARACTER = 3;
/** Steps that are decoded before others have their turn. */
const TURN = 500;

/**
 * Writes the steps of one transaction as the payload of a journal record. Many are packed on the way: nobody waits for
 * that at the end.
 */
export class StepEncoder {
  #buffer = Buffer.allocUnsafe(START_SIZE);
  #length = 0;
  #blocks: Buffer[] = [];

  add(name: StatementName, values: readonly Value[]): void {
    if (this.#length >= BLOCK) this.#pack();
    this.#room(2);
    this.#buffer[this.#length++] = NUMBER_OF.get(name) ?? 0;
    this.#buffer[this.#length++] = values.length;
    // Bytes that a statement makes text of are a text.
    const tag = TAKES_BYTES.has(name) ? TEXT : BLOB;
    for (const value of values) this.#value(value, tag);
  }

  /** The payload so far; the encoder starts again. */
  take(): Buffer {
    this.#pack();
    return this.#packed();
  }

  /** The same, with much packed in another thread; the encoder starts again at once. */
  async takeLater(): Promise<Buffer> {
    if (this.#length < LONG) return this.take();
    const last = Buffer.from(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
    const before = this.#packed();
    return Buffer.concat([before, await packStepsLater(last)]);
  }

  #packed(): Buffer {
    const payload = Buffer.concat(this.#blocks);
    this.#blocks = [];
    return payload;
  }

  #pack(): void {
    // A copy: what is not worth packing is given as it is.
    this.#blocks.push(packSteps(Buffer.from(this.#buffer.subarray(0, this.#length))));
    this.#length = 0;
  }

  #value(value: Value, tagOfBytes: number): void {
    if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') this.#text(value);
    else if (value === null) {
      this.#room(1);
      this.#buffer[this.#length++] = NULL;
    } else this.#bytes(tagOfBytes, value);
  }

  #number(value: number): void {
    this.#room(9);
    if (value === (value | 0)) {
      this.#buffer[this.#length] = INT;
      this.#buffer.writeInt32LE(value, this.#length + 1);
      this.#length += 5;
    } else {
      this.#buffer[this.#length] = DOUBLE;
      this.#buffer.writeDoubleLE(value, this.#length + 1);
      this.#length += 9;
    }
  }

  #text(text: string): void {
    // The room for a long text is kept, so it is counted.
    this.#room(5 + (text.length < BLOCK ? LONGEST_CHARACTER * text.length : Buffer.byteLength(text)));
    const length = this.#buffer.write(text, this.#length + 5);
    this.#buffer[this.#length] = TEXT;
    this.#buffer.writeUInt32LE(length, this.#length + 1);
    this.#length += 5 + length;
  }

  #bytes(tag: number, bytes: Uint8Array): void {
    this.#room(5 + bytes.length);
    this.#buffer[this.#length] = tag;
    this.#buffer.writeUInt32LE(bytes.length, this.#length + 1);
    this.#buffer.set(bytes, this.#length + 5);
    this.#length += 5 + bytes.length;
  }

  #room(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + more));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/**
 * Gives the steps of a payload to `take`. `names` is the list of the journal the payload stands in.
 * @returns false when the payload is not made of whole, known steps
 */
export function* decodeSteps(payload: Buffer, names: readonly string[], take: TakeStep): Steps<boolean> {
  const reader = { payload, at: 0 };
  for (let count = 1; reader.at + 2 <= payload.length; count += 1) {
    if (payload[reader.at] === PACKED) {
      const block = unpackSteps(payload, reader.at);
      if (block === undefined || !(yield* decodeBlock(block.steps, names, take))) return false;
      reader.at = block.end;
    } else if (!decodeStep(reader, names, take)) return false;
    if (count % TURN === 0) yield;
  }
  return reader.at === payload.length;
}

type TakeStep = (name: StatementName, values: Value[]) => void;

interface StepReader {
  readonly payload: Buffer;
  at: number;
}

function* decodeBlock(payload: Buffer, names: readonly string[], take: TakeStep): Steps<boolean> {
  const reader = { payload, at: 0 };
  for (let count = 1; reader.at + 2 <= payload.length; count += 1) {
    if (!decodeStep(reader, names, take)) return false;
    if (count % TURN === 0) yield;
  }
  return reader.at === payload.length;
}

function decodeStep(reader: StepReader, names: readonly string[], take: TakeStep): boolean {
  const name = names[reader.payload[reader.at] ?? -1];
  const count = reader.payload[reader.at + 1] ?? 0;
  if (name === undefined || !NUMBER_OF.has(name as StatementName)) return false;
  reader.at += 2;
  const values: Value[] = [];
  for (let i = 0; i < count; i += 1) values.push(decodeValue(reader));
  take(name as StatementName, values);
  return true;
}

function decodeValue(reader: StepReader): Value {
  const { payload } = reader;
  const tag = payload[reader.at++];
  if (tag === NULL) return null;
  if (tag === INT) {
    reader.at += 4;
    return payload.readInt32LE(reader.at - 4);
  }
  if (tag === DOUBLE) {
    reader.at += 8;
    return payload.readDoubleLE(reader.at - 8);
  }
  const length = payload.readUInt32LE(reader.at);
  reader.at += 4 + length;
  const bytes = payload.subarray(reader.at - length, reader.at);
  return tag === TEXT ? bytes.toString('utf8') : bytes;
}
