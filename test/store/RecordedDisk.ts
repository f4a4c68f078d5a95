import fs from 'node:fs';
import path from 'node:path';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { unsyncedFiles } from './FailingFiles.js';

/** A change of a disk, or a sync. Files are numbers: a name can be given to another one. */
export type DiskCall =
  | { readonly kind: 'create'; readonly path: string; readonly file: number }
  | { readonly kind: 'write'; readonly file: number; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'syncFile'; readonly file: number }
  | { readonly kind: 'syncFolder'; readonly folder: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** What was acknowledged up to here. */
  | { readonly kind: 'acknowledge'; readonly count: number };

type Call = (...values: unknown[]) => unknown;

/** The real file system, of which every change below a folder is written down. */
export class RecordedDisk {
  readonly calls: DiskCall[] = [];
  readonly files: StoreFiles;
  readonly #root: string;
  readonly #opened = new Map<number, { readonly path: string; readonly file: number }>();
  readonly #named = new Map<string, number>();
  #next = 0;
  #acknowledged = 0;

  constructor(root: string) {
    this.#root = root;
    this.files = new Proxy(unsyncedFiles, {
      get: (target, name) => this.#recorded(String(name), Reflect.get(target, name) as Call),
    });
  }

  /** The last change counts. */
  acknowledge(): void {
    this.#acknowledged += 1;
    this.calls.push({ kind: 'acknowledge', count: this.#acknowledged });
  }

  #recorded(name: string, call: Call): Call {
    const record: Readonly<Record<string, (values: readonly unknown[], result: unknown) => void>> = {
      openSync: ([file], descriptor) => this.#open(String(file), Number(descriptor)),
      writeSync: (values) => this.#write(values),
      write: (values) => this.#write(values),
      fsyncSync: ([descriptor]) => this.#sync(Number(descriptor)),
      fdatasyncSync: ([descriptor]) => this.#sync(Number(descriptor)),
      fdatasync: ([descriptor]) => this.#sync(Number(descriptor)),
      fsync: ([descriptor]) => this.#sync(Number(descriptor)),
      renameSync: ([from, to]) => this.#rename(String(from), String(to)),
      rmSync: ([file]) => this.#remove(String(file)),
    };
    const after = record[name];
    if (after === undefined) return call;
    return (...values) => {
      const existed = name === 'openSync' && fs.existsSync(String(values[0]));
      const result = call(...values);
      if (name === 'openSync' && existed) this.#reopen(String(values[0]), Number(result));
      else after(values, result);
      return result;
    };
  }

  #inside(file: string): string {
    return path.relative(this.#root, file);
  }

  #open(file: string, descriptor: number): void {
    const number = (this.#next += 1);
    this.#named.set(this.#inside(file), number);
    this.#opened.set(descriptor, { path: this.#inside(file), file: number });
    this.calls.push({ kind: 'create', path: this.#inside(file), file: number });
  }

  /** A folder, or a file that was there. */
  #reopen(file: string, descriptor: number): void {
    this.#opened.set(descriptor, { path: this.#inside(file), file: this.#named.get(this.#inside(file)) ?? 0 });
  }

  #write([descriptor, bytes, offset, length, position]: readonly unknown[]): void {
    const file = this.#opened.get(Number(descriptor))?.file ?? 0;
    const from = Number(offset);
    const written = Buffer.from((bytes as Uint8Array).subarray(from, from + Number(length)));
    this.calls.push({ kind: 'write', file, position: Number(position), bytes: written });
  }

  #sync(descriptor: number): void {
    const opened = this.#opened.get(descriptor);
    if (opened === undefined) return;
    if (opened.file === 0) this.calls.push({ kind: 'syncFolder', folder: opened.path });
    else this.calls.push({ kind: 'syncFile', file: opened.file });
  }

  #rename(from: string, to: string): void {
    const [source, target] = [this.#inside(from), this.#inside(to)];
    this.#named.set(target, this.#named.get(source) ?? 0);
    this.#named.delete(source);
    this.calls.push({ kind: 'rename', from: source, to: target });
  }

  #remove(file: string): void {
    if (this.#named.delete(this.#inside(file))) this.calls.push({ kind: 'remove', path: this.#inside(file) });
  }
}
