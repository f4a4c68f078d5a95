import { STATEMENT_NAMES, type StatementName, type Value } from './statements.js';

const NUMBER_OF = new Map(STATEMENT_NAMES.map((name, index) => [name, index]));
const NULL = 0,
  INT = 1,
  DOUBLE = 2,
  TEXT = 3,
  BLOB = 4;
const START_SIZE = 256 * 1024;

/** Writes the steps of one transaction as the payload of a journal record. */
export class StepEncoder {
  #buffer = Buffer.allocUnsafe(START_SIZE);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(name: StatementName, values: readonly Value[]): void {
    this.#room(2);
    this.#buffer[this.#length++] = NUMBER_OF.get(name) ?? 0;
    this.#buffer[this.#length++] = values.length;
    for (const value of values) this.#value(value);
  }

  /** The payload so far; the encoder starts again. */
  take(): Buffer {
    const payload = Buffer.from(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
    return payload;
  }

  #value(value: Value): void {
    if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') this.#bytes(TEXT, Buffer.from(value, 'utf8'));
    else if (value === null) {
      this.#room(1);
      this.#buffer[this.#length++] = NULL;
    } else this.#bytes(BLOB, value);
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
export function decodeSteps(
  payload: Buffer,
  names: readonly string[],
  take: (name: StatementName, values: Value[]) => void,
): boolean {
  const reader = { payload, at: 0 };
  while (reader.at + 2 <= payload.length) {
    const name = names[payload[reader.at] ?? -1];
    const count = payload[reader.at + 1] ?? 0;
    if (name === undefined || !NUMBER_OF.has(name as StatementName)) return false;
    reader.at += 2;
    const values: Value[] = [];
    for (let i = 0; i < count; i += 1) values.push(decodeValue(reader));
    take(name as StatementName, values);
  }
  return reader.at === payload.length;
}

function decodeValue(reader: { payload: Buffer; at: number }): Value {
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
