import type { Database, SqlJsStatic } from 'sql.js';

/**
 * Opens a database of sql.js whose file is the given memory and begins with `content`, which may lie there already. A
 * file grows there as far as the memory goes without being copied; sql.js makes a larger one of its own when that is
 * full. It would keep a copy of what it is given, made by `slice`: here that is the memory itself.
 */
export function openInMemory(sql: SqlJsStatic, memory: Uint8Array, content: Uint8Array): Database {
  if (content.buffer !== memory.buffer) memory.set(content);
  const begin = memory.subarray(0, content.length);
  Object.defineProperty(begin, 'slice', { value: () => memory });
  return new sql.Database(begin);
}

/** Bytes that a growing file takes at once. */
const STEP = 4 * 1024 * 1024;

/** What ES2024 says of it and Node.js 20 does: memory that grows in its place. */
interface GrowingBuffer extends ArrayBuffer {
  readonly maxByteLength: number;
  resize(bytes: number): void;
}

/**
 * Memory of `most` bytes that takes only what is written, `bytes` at first: much that is taken and not used would have
 * the garbage collected each time. It says its whole length, so that sql.js sees no need for another one.
 */
export function growingMemory(bytes: number, most: number): Uint8Array {
  const Growing = ArrayBuffer as unknown as new (bytes: number, options: object) => GrowingBuffer;
  return growing(new Growing(bytes, { maxByteLength: most }), most);
}

/** The memory of a file that grows by `room` bytes at most: that in which its content lies already, where it can. */
export function memoryFor({ buffer, byteOffset, length }: Uint8Array, room: number): Uint8Array {
  const most = length + room;
  const isRoomy = byteOffset === 0 && (buffer as GrowingBuffer).maxByteLength >= most;
  return isRoomy ? growing(buffer as GrowingBuffer, most) : growingMemory(length, most);
}

function growing(buffer: GrowingBuffer, most: number): Uint8Array {
  const memory = new Uint8Array(buffer);
  const set = (source: Uint8Array, at = 0): void => {
    const end = at + source.length;
    if (end > buffer.byteLength) buffer.resize(Math.min(Math.max(end, buffer.byteLength + STEP), most));
    Uint8Array.prototype.set.call(memory, source, at);
  };
  return Object.defineProperties(memory, { length: { value: most }, set: { value: set } });
}

const HEADER = 100;
/** First byte of a page of a table that holds rows. */
const TABLE_LEAF = 0x0d;

/** The file of a database without tables: one page, its header as SQLite describes it (sqlite.org/fileformat2.html). */
export function emptyFile(pageSize: number): Uint8Array {
  const page = Buffer.alloc(pageSize);
  page.write('SQLite format 3\0', 'latin1');
  page.writeUInt16BE(pageSize, 16);
  // Rollback journal, and the fractions of a page that never differ.
  page.set([1, 1, 0, 64, 32, 32], 18);
  // Changes so far, pages, and the change that the number of pages is of.
  for (const at of [24, 28, 92]) page.writeUInt32BE(1, at);
  page.set([TABLE_LEAF], HEADER);
  page.writeUInt16BE(pageSize, HEADER + 5);
  return page;
}
