import path from 'node:path';
import type { Random } from '../../server/sample/Random.js';
import type { DiskCall } from './RecordedDisk.js';

/** What a disk holds after a power cut, by path, and how much had been acknowledged before. */
export interface CutDisk {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly acknowledged: number;
}

/** What of the changes that no sync has covered reached the disk. */
export interface Survival {
  /** Of the names in a folder: they come in order. */
  readonly names: (count: number) => number;
  /** Of the writes to a file. */
  readonly writes: (count: number) => number;
  /** How much of the write after those: all bytes as zeros, or so large a part of them. */
  readonly torn: 'zeros' | number;
}

const ALL = (count: number): number => count;
const NONE = (): number => 0;
const LAST = (count: number): number => count - 1;

/** The ends that a power cut can have without chance. */
export const SURVIVALS: readonly Survival[] = [
  { names: NONE, writes: NONE, torn: 0 },
  { names: ALL, writes: ALL, torn: 0 },
  { names: ALL, writes: NONE, torn: 0 },
  { names: ALL, writes: NONE, torn: 'zeros' },
  { names: NONE, writes: ALL, torn: 0 },
  { names: ALL, writes: LAST, torn: 0.5 },
  { names: LAST, writes: ALL, torn: 0 },
];

/** One more, by chance. */
export function chanceSurvival(random: Random): Survival {
  const some = (count: number): number => random.below(count + 1);
  return { names: some, writes: some, torn: random.chance(0.3) ? 'zeros' : random.fraction() };
}

type Write = Extract<DiskCall, { kind: 'write' }>;
type Naming = Extract<DiskCall, { kind: 'create' | 'rename' | 'remove' }>;

/** What is on the disk for sure, and what is on its way. */
class Disk {
  readonly names = new Map<string, number>();
  readonly contents = new Map<number, Buffer>();
  readonly pendingNames = new Map<string, Naming[]>();
  readonly pendingWrites = new Map<number, Write[]>();

  syncFile(file: number): void {
    for (const write of this.pendingWrites.get(file) ?? [])
      this.contents.set(file, written(this.contents.get(file), write));
    this.pendingWrites.delete(file);
  }

  syncFolder(folder: string): void {
    for (const naming of this.pendingNames.get(folder) ?? []) this.name(naming);
    this.pendingNames.delete(folder);
  }

  name(naming: Naming): void {
    if (naming.kind === 'create') this.names.set(naming.path, naming.file);
    if (naming.kind === 'remove') this.names.delete(naming.path);
    if (naming.kind !== 'rename') return;
    const file = this.names.get(naming.from);
    this.names.delete(naming.from);
    if (file !== undefined) this.names.set(naming.to, file);
  }
}

function written(before: Buffer | undefined, { position, bytes }: Pick<Write, 'position' | 'bytes'>): Buffer {
  const content = Buffer.alloc(Math.max(before?.length ?? 0, position + bytes.length));
  before?.copy(content);
  bytes.copy(content, position);
  return content;
}

/** The disk when the power goes after so many calls. */
export function cutAfter(calls: readonly DiskCall[], count: number, survival: Survival): CutDisk {
  const disk = new Disk();
  let acknowledged = 0;
  for (const call of calls.slice(0, count)) {
    if (call.kind === 'acknowledge') acknowledged = call.count;
    else if (call.kind === 'syncFile') disk.syncFile(call.file);
    else if (call.kind === 'syncFolder') disk.syncFolder(call.folder);
    else if (call.kind === 'write') push(disk.pendingWrites, call.file, call);
    else push(disk.pendingNames, path.dirname(call.kind === 'rename' ? call.to : call.path), call);
  }
  for (const [folder, namings] of disk.pendingNames) {
    disk.pendingNames.set(folder, namings.slice(0, survival.names(namings.length)));
    disk.syncFolder(folder);
  }
  for (const [file, writes] of disk.pendingWrites) {
    disk.pendingWrites.set(file, surviving(writes, survival));
    disk.syncFile(file);
  }
  const files = [...disk.names].map(([name, file]) => [name, disk.contents.get(file) ?? Buffer.alloc(0)] as const);
  return { files: new Map(files), acknowledged };
}

function surviving(writes: readonly Write[], { writes: countOf, torn }: Survival): Write[] {
  const count = countOf(writes.length);
  const next = writes[count];
  if (next === undefined) return writes.slice(0, count);
  const bytes = torn === 'zeros' ? Buffer.alloc(next.bytes.length) : next.bytes.subarray(0, next.bytes.length * torn);
  return [...writes.slice(0, count), { ...next, bytes }];
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
