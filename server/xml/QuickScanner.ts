import { isUtf8 } from 'node:buffer';
import { SyncError } from '../errors/SyncError.js';
import { ListedElements, type Vocabulary } from './ListedElements.js';
import { MODULE } from './assembly/module.js';

/** What the module gives (server/xml/assembly/scan.as). */
interface Assembly {
  readonly memory: { readonly buffer: ArrayBuffer };
  begin(): void;
  name(length: number): number;
  address(length: number): number;
  ready(xmlns: number, xml: number, whole: number, children: number): void;
  isCrowded(): number;
  documentPlace(): number;
  documentLimit(): number;
  resultPlace(): number;
  scan(length: number): number;
  unescape(length: number): number;
}

/** Which elements of a document somebody reads. */
export interface ListedNames {
  /** Namespaces that are told apart; what is listed is of the first. */
  readonly namespaces: readonly string[];
  /** Children of the root that are listed with all they hold. */
  readonly whole: readonly string[];
  /** Children of the root of which only the children are listed. */
  readonly children: readonly string[];
  /** The other names of elements and attributes that are asked for. */
  readonly others: readonly string[];
}

/** What Node.js has of WebAssembly and the types of its own do not say. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

let shared: Assembly | undefined;

/** The one instance of a thread: whoever uses it puts in and takes out without letting others go first. */
function assembly(): Assembly {
  if (shared === undefined) {
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
    shared = new Instance(new Module(Buffer.from(MODULE, 'base64'))).exports as Assembly;
    shared.begin();
  }
  return shared;
}

/**
 * Checks whole documents in WebAssembly and lists the elements somebody reads. It accepts or passes on: whatever it
 * accepts, `XmlScanner` accepts too and reads the same.
 */
export class QuickScanner {
  readonly #names: ListedNames;
  readonly #vocabulary: Vocabulary;
  /** Whose names the tables of the module hold. */
  static #owner: QuickScanner | undefined;

  constructor(names: ListedNames) {
    this.#names = names;
    const all = [...new Set([...names.whole, ...names.children, ...names.others])];
    this.#vocabulary = {
      names: ['', ...all],
      numbers: new Map(all.map((name, index) => [name, index + 1])),
      namespaces: ['', ...names.namespaces],
    };
  }

  /** The elements of a document in UTF-8; undefined where only `XmlScanner` can tell. */
  list(bytes: Uint8Array): ListedElements | undefined {
    const module = assembly();
    if (bytes.length === 0 || bytes.length > module.documentLimit() || !isUtf8(bytes)) return undefined;
    if (QuickScanner.#owner !== this || module.isCrowded() !== 0) this.#begin(module);
    putDocument(module, bytes);
    const length = module.scan(bytes.length);
    if (length < 0) return undefined;
    const events = new Int32Array(module.memory.buffer, module.resultPlace(), length).slice();
    return new ListedElements(bytes, events, this.#vocabulary);
  }

  #begin(module: Assembly): void {
    module.begin();
    const numberOf = (name: string): number => module.name(putDocument(module, Buffer.from(name)));
    for (const [name, number] of this.#vocabulary.numbers) expectSame(name, number, numberOf(name));
    for (const [index, uri] of this.#names.namespaces.entries())
      expectSame(uri, index + 1, module.address(putDocument(module, Buffer.from(uri))));
    const { whole, children } = this.#names;
    module.ready(numberOf('xmlns'), numberOf('xml'), whole.length, whole.length + children.length);
    QuickScanner.#owner = this;
  }
}

function putDocument(module: Assembly, bytes: Uint8Array): number {
  new Uint8Array(module.memory.buffer, module.documentPlace(), bytes.length).set(bytes);
  return bytes.length;
}

function expectSame(name: string, wanted: number, given: number): void {
  if (given !== wanted)
    throw new SyncError('InternalError', { where: 'the quick reader', reason: `${name} has the number ${given}` });
}

/**
 * The decoded bytes of escaped text, until the next call; undefined where it is too long, or has other references than
 * the five with a name.
 */
export function unescapeQuickly(bytes: Uint8Array): Uint8Array | undefined {
  const module = assembly();
  if (bytes.length > module.documentLimit()) return undefined;
  const length = module.unescape(putDocument(module, bytes));
  return length < 0 ? undefined : new Uint8Array(module.memory.buffer, module.resultPlace(), length);
}
