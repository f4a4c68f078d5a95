import fs from 'node:fs';
import path from 'node:path';
import type { Random } from '../../server/sample/Random.js';
import type { StoreTime } from './SampleStore.js';

/** What a mutation works with: the folder that it changes, what it was copied from, and where other files come from. */
export interface MutationSource {
  readonly folder: string;
  readonly time: StoreTime;
  /** The same site at earlier times. */
  readonly earlier: readonly StoreTime[];
  readonly foreign: readonly StoreTime[];
}

/** Every file of a store, relative to the site folder. */
export function filesOf(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .sort();
}

type Mutation = (source: MutationSource, random: Random) => string;

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  cut,
  flip,
  remove,
  empty,
  zeros,
  swap,
  older,
  foreign,
  folder,
  grow,
];

/** Does one thing to a store that somebody could do to it by mistake; says what. */
export function mutate(source: MutationSource, random: Random): string {
  return random.pick(MUTATIONS)(source, random);
}

function pickFile({ folder: site }: MutationSource, random: Random): { name: string; file: string } {
  const names = filesOf(site);
  const name = names[random.below(names.length)] ?? '';
  return { name, file: path.join(site, name) };
}

function cut(source: MutationSource, random: Random): string {
  const { name, file } = pickFile(source, random);
  const length = random.below(fs.statSync(file).size + 1);
  fs.truncateSync(file, length);
  return `${name} cut to ${length} bytes`;
}

function flip(source: MutationSource, random: Random): string {
  const { name, file } = pickFile(source, random);
  const bytes = fs.readFileSync(file);
  const at = random.below(Math.max(1, bytes.length));
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  fs.writeFileSync(file, bytes);
  return `${name} flipped at ${at}`;
}

function remove(source: MutationSource, random: Random): string {
  const { name, file } = pickFile(source, random);
  fs.rmSync(file);
  return `${name} removed`;
}

function empty(source: MutationSource, random: Random): string {
  const { name, file } = pickFile(source, random);
  fs.truncateSync(file, 0);
  return `${name} emptied`;
}

function zeros(source: MutationSource, random: Random): string {
  const { name, file } = pickFile(source, random);
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size));
  return `${name} filled with zeros`;
}

function grow(source: MutationSource, random: Random): string {
  const { name, file } = pickFile(source, random);
  fs.appendFileSync(file, Buffer.from(Array.from({ length: 1 + random.below(300) }, () => random.below(256))));
  return `${name} made longer`;
}

function swap(source: MutationSource, random: Random): string {
  const [one, other] = [pickFile(source, random), pickFile(source, random)];
  const bytes = fs.readFileSync(one.file);
  fs.writeFileSync(one.file, fs.readFileSync(other.file));
  fs.writeFileSync(other.file, bytes);
  return `${one.name} and ${other.name} swapped`;
}

function older(source: MutationSource, random: Random): string {
  return replaceFile(source, { from: source.earlier, what: 'an older copy' }, random);
}

function foreign(source: MutationSource, random: Random): string {
  return replaceFile(source, { from: source.foreign, what: 'that of another site' }, random);
}

function replaceFile(
  source: MutationSource,
  { from, what }: { from: readonly StoreTime[]; what: string },
  random: Random,
): string {
  const { name, file } = pickFile(source, random);
  const other = from[random.below(from.length)];
  if (other === undefined || !fs.existsSync(path.join(other.folder, name))) return remove(source, random);
  fs.copyFileSync(path.join(other.folder, name), file);
  return `${name} replaced by ${what} (${other.name})`;
}

/** A whole folder against the rest. */
function folder(source: MutationSource, random: Random): string {
  const name = random.chance(0.8) ? 'database' : 'documents';
  const others = random.chance(0.5) ? source.earlier : source.foreign;
  const other = random.chance(0.75) ? others[random.below(others.length)] : undefined;
  fs.rmSync(path.join(source.folder, name), { recursive: true });
  if (other === undefined && random.chance(0.5)) fs.mkdirSync(path.join(source.folder, name));
  if (other !== undefined)
    fs.cpSync(path.join(other.folder, name), path.join(source.folder, name), { recursive: true });
  if (other === undefined) return `${name} emptied or removed`;
  return `${name} replaced by that of ${other.siteGuid}, ${other.name}`;
}
