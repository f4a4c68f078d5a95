import type { FileHandle } from 'node:fs/promises';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { type ContentFiles, readContentFiles } from '../metadata/readContentFiles.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { removeWithRetry } from '../platform/files/heldFiles.js';
import { csvRow } from '../platform/csvRow.js';
import { inTurns } from '../platform/inTurns.js';
import { contentFileName, digestHex } from '../upstream/contentAddress.js';
import type { StoredRevisionDocument } from './exportedRevisions.js';
import type { PackagePlace } from './packagePlace.js';
import { packageFileXml, packageUpdateXml } from './packageXml.js';
import { RECORD_FRAME_BYTES } from './records.js';

const FLUSH_CHARACTERS = 256 * 1024;

/** Text that is put aside in a file of its own until its turn comes. */
class SpoolFile {
  readonly #files: FolderFiles;
  readonly #path: string;
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #characters = 0;
  #bytes = 0;

  private constructor(files: FolderFiles, path: string, file: FileHandle) {
    this.#files = files;
    this.#path = path;
    this.#file = file;
  }

  static async create(files: FolderFiles, path: string): Promise<SpoolFile> {
    return new SpoolFile(files, path, await files.openHandle(path, 'w', 0o660));
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  async append(text: string): Promise<void> {
    this.#waiting.push(text);
    this.#characters += text.length;
    this.#bytes += Buffer.byteLength(text);
    if (this.#characters >= FLUSH_CHARACTERS) await this.#flush();
  }

  /** All of it, in pieces. */
  async *pieces(): AsyncGenerator<Buffer, void, undefined> {
    await this.#flush();
    const file = await this.#files.openHandle(this.#path, 'r');
    for await (const piece of file.createReadStream({ highWaterMark: FLUSH_CHARACTERS })) yield piece as Buffer;
  }

  /** Ends it as a file that stays. */
  async close(): Promise<void> {
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
  }

  async remove(): Promise<void> {
    await this.#file.close();
    await removeWithRetry(this.#files, this.#path);
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#characters = 0;
    await this.#file.write(text);
  }
}

const CONFIGURATION: ReadonlySet<string> = new Set(['Category', 'Detectoid']);

/** What decides how documents are listed. */
export interface ManifestRules {
  /** Ids of the classifications; every other category of an update is listed as such. */
  readonly classifications: ReadonlySet<string>;
}

/**
 * The first pass of an export: the parts of package.xml that stand before metadata.txt but follow from all documents
 * are put aside.
 */
export class ManifestSpool {
  readonly #seen = new Set<string>();
  configuration = 0;
  updates = 0;
  metadataBytes = 0;

  readonly files: SpoolFile;
  readonly listed: SpoolFile;
  readonly #content: SpoolFile | undefined;
  readonly #rules: ManifestRules;

  private constructor(
    parts: { files: SpoolFile; listed: SpoolFile; content: SpoolFile | undefined },
    rules: ManifestRules,
  ) {
    this.files = parts.files;
    this.listed = parts.listed;
    this.#content = parts.content;
    this.#rules = rules;
  }

  static async create(
    place: PackagePlace,
    options: { rules: ManifestRules; hasContentList: boolean },
  ): Promise<ManifestSpool> {
    const content = options.hasContentList ? await SpoolFile.create(place.files, place.contentList) : undefined;
    await content?.append('Path,FileName,Size,Sha1,Url\r\n');
    return new ManifestSpool(
      {
        files: await SpoolFile.create(place.files, `${place.file}.files`),
        listed: await SpoolFile.create(place.files, `${place.file}.updates`),
        content,
      },
      options.rules,
    );
  }

  /** How many content files the documents name. */
  get fileCount(): number {
    return this.#seen.size;
  }

  async add({ revision, xml, files: addresses }: StoredRevisionDocument): Promise<void> {
    const { updateId, revisionNumber } = revision;
    const identity = { updateId, revisionNumber };
    const named = await inTurns(readContentFiles(xml, identityKey(identity)));
    const isConfiguration = CONFIGURATION.has(named.updateType);
    const files = named.files.filter(({ digest }) => digest !== '');
    const ids = isConfiguration ? [] : revision.categoryIds;
    const { classifications } = this.#rules;
    await this.listed.append(
      packageUpdateXml({
        identity,
        digests: [...new Set(files.map(({ digest }) => digest))],
        categories: ids.filter((id) => !classifications.has(id)),
        classifications: ids.filter((id) => classifications.has(id)),
      }),
    );
    if (isConfiguration) this.configuration += 1;
    else this.updates += 1;
    this.metadataBytes += xml.length + RECORD_FRAME_BYTES;
    await this.#addFiles(
      files.filter(({ digest }) => !this.#seen.has(digest)),
      new Map(addresses.map(({ digest, url }) => [digest, url])),
    );
  }

  /** Removes what was put aside; the content list stays when the export has come to its end. */
  async remove(isDone: boolean): Promise<void> {
    await this.files.remove();
    await this.listed.remove();
    if (isDone) await this.#content?.close();
    else await this.#content?.remove();
  }

  async #addFiles(files: ContentFiles['files'], urls: ReadonlyMap<string, string>): Promise<void> {
    for (const { digest, fileName, size } of files) {
      if (this.#seen.has(digest)) continue;
      this.#seen.add(digest);
      const muUrl = urls.get(digest) ?? '';
      await this.files.append(packageFileXml({ digest, muUrl, name: fileName }));
      const row = [contentFileName(digest, fileName), fileName, String(size), digestHex(digest), muUrl];
      await this.#content?.append(csvRow(row));
    }
  }
}
