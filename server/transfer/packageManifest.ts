import { identityKey } from '../metadata/UpdateIdentity.js';
import { CLOSE, OPEN } from '../xml/ElementReader.js';
import { XmlScanner, XmlSyntaxError } from '../xml/XmlScanner.js';
import { turn } from '../platform/inTurns.js';
import type { SourceLanguage } from '../wire/getConfigData.js';
import { isGuid, PackageError } from './package.js';
import type { PackageHeader, PackageManifest, PackageUpdate } from './package.js';
import { readPackageComment } from './packageXml.js';

const NAME = 'package.xml';
const KNOWN_FORMAT = '1.0';
/** More than Microsoft has ever published. */
const MAX_UPDATES = 1_000_000;
const NONE: readonly string[] = [];

/** Reads package.xml of an export (wsus-protocol section 3.5). `maxUpdates` is for tests. @throws PackageError */
export async function readPackageManifest(bytes: Buffer, maxUpdates = MAX_UPDATES): Promise<PackageManifest> {
  await turn();
  if (bytes.includes('<!DOCTYPE')) throw new PackageError(`${NAME} has a DOCTYPE`);
  const description = readPackageComment(bytes);
  try {
    return { ...(await new ManifestReader(bytes, maxUpdates).read()), description };
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new PackageError(`${NAME} is not well-formed: ${error.message}`, { cause: error });
  }
}

/** One pass over the document; nothing is kept of it but what is given. */
class ManifestReader {
  readonly #scanner: XmlScanner;
  readonly #maxUpdates: number;
  readonly #languages: SourceLanguage[] = [];
  readonly #files = new Map<string, string>();
  readonly #updates = new Map<string, PackageUpdate>();
  /** Ids of categories: the same few stand with every update. */
  readonly #ids = new Map<string, string>();

  constructor(bytes: Buffer, maxUpdates: number) {
    this.#scanner = new XmlScanner(bytes);
    this.#maxUpdates = maxUpdates;
  }

  async read(): Promise<Omit<PackageManifest, 'description'>> {
    const scanner = this.#scanner;
    if (scanner.next() !== OPEN || scanner.localName !== 'ExportPackage')
      throw new PackageError(`${NAME} has no ExportPackage element`);
    const header = this.#header();
    const parts: Readonly<Record<string, () => Promise<void>>> = {
      Languages: async () => this.#each('Language', () => this.#language()),
      Files: async () => this.#each('File', () => this.#file()),
      Updates: async () => this.#each('Update', () => this.#update()),
    };
    while (scanner.next() !== CLOSE) {
      const part = parts[scanner.localName];
      if (part === undefined) scanner.skip();
      else await part();
    }
    // To the end of the document: what follows the root must be well-formed too.
    scanner.next();
    return { header, languages: this.#languages, files: this.#files, updates: this.#updates };
  }

  /** Long lists let others have their turn. */
  async #each(name: string, reader: () => void): Promise<void> {
    while (this.#scanner.next() !== CLOSE) {
      if (this.#scanner.localName === name) reader();
      else this.#scanner.skip();
      await turn();
    }
  }

  /** Calls the function of each child element, which reads it to its end; others are passed over. */
  #children(readers: Readonly<Record<string, () => void>>): void {
    while (this.#scanner.next() !== CLOSE) {
      const reader = readers[this.#scanner.localName];
      if (reader === undefined) this.#scanner.skip();
      else reader();
    }
  }

  #attribute(name: string, where: string): string {
    const value = this.#scanner.attribute(name);
    if (value === undefined) throw new PackageError(`${NAME} has ${where} without ${name}`);
    return value;
  }

  #header(): PackageHeader {
    const text = (name: string): string => this.#attribute(name, 'an ExportPackage');
    const header = {
      serverId: text('ServerID').toLowerCase(),
      creationTime: text('CreationTime'),
      formatVersion: text('FormatVersion'),
      protocolVersion: text('ProtocolVersion'),
    };
    if (header.formatVersion !== KNOWN_FORMAT)
      throw new PackageError(`its format ${header.formatVersion} is not known`);
    if (!/^1\.\d{1,3}$/.test(header.protocolVersion))
      throw new PackageError(`its protocol version ${header.protocolVersion} is not known`);
    if (Number.isNaN(Date.parse(header.creationTime)))
      throw new PackageError(`${header.creationTime} is not a valid time of creation`);
    return header;
  }

  #language(): void {
    const text = (name: string): string => this.#attribute(name, 'a Language');
    this.#languages.push({
      languageId: Number(text('Id')),
      shortLanguage: text('ShortName'),
      longLanguage: text('LongName'),
      enabled: /^(1|true)$/i.test(text('Enabled')),
    });
    this.#scanner.skip();
  }

  #file(): void {
    this.#files.set(this.#attribute('Digest', 'a File'), this.#attribute('MUUrl', 'a File'));
    this.#scanner.skip();
  }

  #update(): void {
    const updateId = this.#attribute('UpdateId', 'an Update').toLowerCase();
    const revisionNumber = Number(this.#attribute('RevisionNumber', 'an Update'));
    if (!isGuid(updateId) || !Number.isSafeInteger(revisionNumber) || revisionNumber < 0)
      throw new PackageError(`${NAME} has an Update without a valid identity`);
    const identity = { updateId, revisionNumber };
    const key = identityKey(identity);
    if (this.#updates.has(key)) throw new PackageError(`${NAME} lists ${key} twice`);
    if (this.#updates.size >= this.#maxUpdates)
      throw new PackageError(`${NAME} lists more than ${this.#maxUpdates} updates`);
    this.#updates.set(key, { identity, ...this.#parts() });
  }

  #parts(): Omit<PackageUpdate, 'identity'> {
    const lists: Record<'File' | 'Category' | 'Classification', readonly string[]> = {
      File: NONE,
      Category: NONE,
      Classification: NONE,
    };
    const list = (item: keyof typeof lists, attribute: string) => (): void => {
      const values: string[] = [];
      this.#children({
        [item]: () => {
          values.push(this.#attribute(attribute, `a ${item}`));
          this.#scanner.skip();
        },
      });
      if (values.length > 0) lists[item] = values;
    };
    this.#children({
      Files: list('File', 'Digest'),
      Categories: list('Category', 'Value'),
      Classifications: list('Classification', 'Value'),
    });
    return {
      digests: lists.File,
      categories: this.#shared(lists.Category),
      classifications: this.#shared(lists.Classification),
    };
  }

  #shared(values: readonly string[]): readonly string[] {
    return values.length === 0
      ? NONE
      : values.map((value) => {
          const id = value.toLowerCase();
          const known = this.#ids.get(id) ?? id;
          this.#ids.set(known, known);
          return known;
        });
  }
}
