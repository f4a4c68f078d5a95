import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import type { TransformOptions } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Gzip, ZlibOptions } from 'node:zlib';
import { reasonOf } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { ESCAPED_AT_ONCE, escapeBytes, Unescaper } from '../xml/escaping.js';
import { METADATA_ELEMENT, PackageError, ROOT_END } from './package.js';
import type { PackageFile, PackageMember, PackageWriter } from './package.js';

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const LESS = 0x3c;
const LONGEST_REFERENCE = 12;
/** As we write it; in another form it is decoded with the rest. */
const RETURN = Buffer.from('&#xD;');
const DECODED_RETURN = Buffer.from('\r');
const END = Buffer.concat([METADATA_ELEMENT.end, ROOT_END]);

/** Takes the text of the Metadata element out of an XML document that comes piece by piece, references turned back. */
export class MetadataText {
  readonly #unescaper = new Unescaper();
  #rest: Buffer = Buffer.alloc(0);
  #part: 'before' | 'inside' | 'after' = 'before';

  /** The decoded text that is sure after this piece. */
  add(piece: Buffer): Buffer {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    if (this.#part === 'before') bytes = this.#begin(bytes);
    if (this.#part !== 'inside') return this.#keep(bytes);
    const less = bytes.indexOf(LESS);
    const end = less < 0 ? wholeReferences(bytes) : less;
    const decoded = this.#decode(bytes, end);
    if (less >= 0) this.#part = 'after';
    this.#keep(bytes.subarray(end));
    return decoded;
  }

  /** Says that nothing comes any more. */
  end(): void {
    const last = this.#rest.toString('latin1').trimEnd();
    if (this.#part !== 'after' || last !== END.toString('latin1'))
      throw new PackageError('its Metadata element does not end correctly');
  }

  /** Passes over what stands before the element. */
  #begin(bytes: Buffer): Buffer {
    const at = bytes.indexOf(METADATA_ELEMENT.start);
    if (at < 0) return bytes.subarray(Math.max(0, bytes.length - METADATA_ELEMENT.start.length + 1));
    this.#part = 'inside';
    return bytes.subarray(at + METADATA_ELEMENT.start.length);
  }

  #keep(bytes: Buffer): Buffer {
    if (this.#part === 'after' && bytes.length > 2 * END.length)
      throw new PackageError('it has content after its Metadata element');
    this.#rest = Buffer.from(bytes);
    return Buffer.alloc(0);
  }

  #decode(bytes: Buffer, end: number): Buffer {
    try {
      return Buffer.concat([...this.#decodedParts(bytes.subarray(0, end))]);
    } catch (error) {
      throw new PackageError(`its Metadata element has a reference that is not valid: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  /** Each record ends with a carriage return. What lies between two of them is decoded quickly, which they are not. */
  *#decodedParts(bytes: Buffer): Generator<Uint8Array, void, undefined> {
    let from = 0;
    for (let at = bytes.indexOf(RETURN); at >= 0; at = bytes.indexOf(RETURN, from)) {
      yield this.#unescaper.decode(bytes, from, at);
      yield DECODED_RETURN;
      from = at + RETURN.length;
    }
    yield this.#unescaper.decode(bytes, from, bytes.length);
  }
}

/** Up to where no reference is cut by the end of the piece. */
function wholeReferences(bytes: Buffer): number {
  const last = bytes.lastIndexOf(AMPERSAND);
  const isCut = last >= 0 && bytes.length - last < LONGEST_REFERENCE && bytes.indexOf(SEMICOLON, last) < 0;
  return isCut ? last : bytes.length;
}

const PIECE_BYTES = 256 * 1024;

/** An export as `.xml.gz` (package.ts): unpacked front to back, for each member again. */
export class GzipFile implements PackageFile {
  readonly format = 'Gzip';
  readonly #files: Pick<FolderFiles, 'openHandle'>;
  readonly #path: string;

  constructor(files: Pick<FolderFiles, 'openHandle'>, path: string) {
    this.#files = files;
    this.#path = path;
  }

  async *pieces(member: PackageMember): AsyncGenerator<Buffer, void, undefined> {
    const text = unpacked(await this.#files.openHandle(this.#path, 'r'));
    yield* member === 'package.xml' ? untilMetadata(text) : metadataOf(text);
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }
}

async function* unpacked(handle: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  const file = handle.createReadStream({ highWaterMark: PIECE_BYTES });
  const text = createGunzip({ chunkSize: PIECE_BYTES });
  file.on('error', (error) => text.destroy(error));
  try {
    for await (const piece of file.pipe(text)) yield piece as Buffer;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new PackageError(`it cannot be unpacked: ${reasonOf(error)}`, { cause: error });
  } finally {
    file.destroy();
    text.destroy();
  }
}

/** package.xml: all that stands before the Metadata element, closed. */
async function* untilMetadata(text: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  let kept: Buffer = Buffer.alloc(0);
  for await (const piece of text) {
    const bytes = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
    const at = bytes.indexOf(METADATA_ELEMENT.start);
    if (at >= 0) {
      yield bytes.subarray(0, at);
      yield ROOT_END;
      return;
    }
    const sure = Math.max(0, bytes.length - METADATA_ELEMENT.start.length + 1);
    kept = Buffer.from(bytes.subarray(sure));
    if (sure > 0) yield bytes.subarray(0, sure);
  }
  throw new PackageError('it has no Metadata element: ConfigMgrSync reads only the .xml.gz files it writes itself');
}

async function* metadataOf(text: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  const metadata = new MetadataText();
  for await (const piece of text) {
    const decoded = metadata.add(piece);
    if (decoded.length > 0) yield decoded;
  }
  metadata.end();
}

/** A megabyte may wait for the thread that packs, so that it always has work. */
const PACKING: ZlibOptions & Pick<TransformOptions, 'highWaterMark'> = {
  chunkSize: 64 * 1024,
  highWaterMark: 1024 * 1024,
};

/** The `.xml.gz` that we write (package.ts). */
export class GzipWriter implements PackageWriter {
  readonly #gzip: Gzip;
  readonly #done: Promise<void>;
  #member: PackageMember = 'package.xml';

  private constructor(gzip: Gzip, done: Promise<void>) {
    this.#gzip = gzip;
    this.#done = done;
    // Awaited at the end; a full disk shows there.
    done.catch(() => undefined);
  }

  /** Makes the file, which must not be there yet. */
  static async create(files: Pick<FolderFiles, 'openHandle'>, path: string): Promise<GzipWriter> {
    const file = await files.openHandle(path, 'wx', 0o660);
    const gzip = createGzip(PACKING);
    return new GzipWriter(gzip, pipeline(gzip, file.createWriteStream({ flush: true })));
  }

  async begin(member: PackageMember): Promise<void> {
    this.#member = member;
    if (member === 'metadata.txt') await this.#put(METADATA_ELEMENT.start);
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#member !== 'metadata.txt') return this.#put(bytes);
    for (let at = 0; at < bytes.length; at += ESCAPED_AT_ONCE)
      await this.#put(escapeBytes(bytes.subarray(at, at + ESCAPED_AT_ONCE)));
  }

  async finish(): Promise<void> {
    await this.#put(Buffer.concat([METADATA_ELEMENT.end, ROOT_END]));
    this.#gzip.end();
    await this.#done;
  }

  async abandon(): Promise<void> {
    this.#gzip.destroy();
    await this.#done.catch(() => undefined);
  }

  async #put(bytes: Uint8Array): Promise<void> {
    if (!this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, 'drain'), this.#done]);
  }
}
