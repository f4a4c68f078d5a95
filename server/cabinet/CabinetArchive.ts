import libarchive from 'libarchive-wasm';
import { CabinetError } from './header.js';

/** The functions of libarchive that are used here, on the heap of its WebAssembly instance. */
interface Libarchive {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(pointer: number): void;
  _archive_read_new_memory(data: number, size: number, passphrase: number): number;
  _archive_read_next_entry(archive: number): number;
  _archive_read_data(archive: number, target: number, size: number): number;
  _archive_read_free(archive: number): number;
  _archive_error_string(archive: number): number;
  _archive_entry_pathname_utf8(entry: number): number;
  _archive_entry_size(entry: number): number | bigint;
}

/** A file inside a cabinet. */
interface CabinetMember {
  readonly name: string;
  readonly size: number;
}

/** No piece of a member is larger than this. */
export const CABINET_PIECE_BYTES = 256 * 1024;

/**
 * One cabinet at a time on one libarchive instance, whose heap buffers are used again for the next one.
 * Views handed out are valid until the next call.
 */
export class CabinetArchive {
  readonly #wasm: Libarchive;
  readonly #piece: number;
  #input = 0;
  #capacity = 0;
  #archive = 0;

  private constructor(wasm: Libarchive) {
    this.#wasm = wasm;
    this.#piece = this.#allocate(CABINET_PIECE_BYTES);
  }

  static async create(): Promise<CabinetArchive> {
    const instance = await libarchive.libarchiveWasm();
    return new CabinetArchive(instance.module as Libarchive);
  }

  /** Size of the WebAssembly heap, which never shrinks: what a leak shows up in. */
  get heapBytes(): number {
    return this.#wasm.HEAPU8.byteLength;
  }

  /** Room for a cabinet of this size; fill it, then call `openReserved`. */
  reserve(size: number): Uint8Array {
    this.close();
    if (size > this.#capacity) this.#grow(size);
    return this.#wasm.HEAPU8.subarray(this.#input, this.#input + size);
  }

  openReserved(size: number): void {
    this.close();
    this.#archive = this.#run(() => this.#wasm._archive_read_new_memory(this.#input, size, 0));
    if (this.#archive === 0) throw new CabinetError('it is not a cabinet');
  }

  open(cabinet: Uint8Array): void {
    this.reserve(cabinet.length).set(cabinet);
    this.openReserved(cabinet.length);
  }

  /** The next member, or undefined after the last one. */
  next(): CabinetMember | undefined {
    const entry = this.#run(() => this.#wasm._archive_read_next_entry(this.#archive));
    if (entry === 0) {
      this.#throwIfFailed();
      return undefined;
    }
    return {
      name: this.#text(this.#wasm._archive_entry_pathname_utf8(entry)),
      size: Number(this.#wasm._archive_entry_size(entry)),
    };
  }

  /** The next piece of the current member; empty at its end. */
  read(): Buffer {
    const length = this.#run(() => this.#wasm._archive_read_data(this.#archive, this.#piece, CABINET_PIECE_BYTES));
    if (length < 0) throw new CabinetError(this.#failure() || 'its data is damaged');
    const heap = this.#wasm.HEAPU8;
    return Buffer.from(heap.buffer, heap.byteOffset + this.#piece, length);
  }

  /** Frees libarchive's reader, with its decompression window. */
  close(): void {
    const archive = this.#archive;
    if (archive === 0) return;
    this.#archive = 0;
    this.#run(() => this.#wasm._archive_read_free(archive));
  }

  #grow(size: number): void {
    if (this.#input !== 0) this.#wasm._free(this.#input);
    this.#capacity = 0;
    this.#input = this.#allocate(Math.max(size, CABINET_PIECE_BYTES));
    this.#capacity = Math.max(size, CABINET_PIECE_BYTES);
  }

  #allocate(size: number): number {
    const pointer = this.#run(() => this.#wasm._malloc(size));
    if (pointer === 0) throw new CabinetError('it is too large for the available memory');
    return pointer;
  }

  /** A trap inside WebAssembly (memory, a damaged table) is the cabinet's fault, not the engine's. */
  #run(call: () => number): number {
    try {
      return call();
    } catch (error) {
      this.#archive = 0;
      throw new CabinetError('its structure is damaged', { cause: error });
    }
  }

  #throwIfFailed(): void {
    const failure = this.#failure();
    if (failure !== '') throw new CabinetError(failure);
  }

  #failure(): string {
    return this.#text(this.#wasm._archive_error_string(this.#archive));
  }

  #text(pointer: number): string {
    if (pointer === 0) return '';
    const end = this.#wasm.HEAPU8.indexOf(0, pointer);
    return Buffer.from(this.#wasm.HEAPU8.subarray(pointer, end)).toString('utf8');
  }
}
