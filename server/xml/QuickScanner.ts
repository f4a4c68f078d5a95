import { isUtf8 } from 'node:buffer';
import { SyncError } from '../errors/SyncError.js';
import { ListedElements, type Vocabulary } from './ListedElements.js';
import { type Assembly, assembly, putDocument } from './assembly/assembly.js';

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

function expectSame(name: string, wanted: number, given: number): void {
  if (given !== wanted)
    throw new SyncError('InternalError', { where: 'the quick reader', reason: `${name} has the number ${given}` });
}
