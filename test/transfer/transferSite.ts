import fs from 'node:fs';
import path from 'node:path';
import type * as Contract from '../../server/contract/generated/types.js';
import { packagePlace } from '../../server/transfer/packagePlace.js';
import { newRequestId, TestSite } from '../engine/TestSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

/** A site that packages are carried to and from as a relay does. */
export class TransferSite {
  constructor(
    readonly site: TestSite,
    readonly folder: string,
  ) {}

  static async open(folder: string, options: Parameters<typeof TestSite.open>[1] = {}): Promise<TransferSite> {
    fs.mkdirSync(path.join(folder, 'Transfer'), { recursive: true });
    return new TransferSite(await TestSite.open(folder, options), folder);
  }

  /** Exports to a file; gives what the engine says of it. */
  async export(
    target: string,
    params: Partial<Contract.CatalogExportRequest> = {},
    signal?: AbortSignal,
  ): Promise<Contract.Package> {
    const requestId = newRequestId();
    const { package: written } = await this.site.service['catalog/export'](
      { requestId, path: target, ...params },
      this.site.request(signal),
    );
    const place = packagePlace({ path: this.folder }, requestId);
    fs.renameSync(place.file, target);
    fs.renameSync(place.sideCar, `${target}.manifest.json`);
    if (params.includeContentList === true) fs.renameSync(place.contentList, `${target}.content.csv`);
    return written;
  }

  async inspect(source: string): Promise<Contract.Package> {
    const requestId = this.bring(source);
    try {
      return (await this.site.service['catalog/inspect']({ requestId, path: source }, this.site.request())).package;
    } finally {
      this.#remove(requestId);
    }
  }

  /** Starts an import. */
  async begin(
    source: string,
    params: Partial<Contract.CatalogImportRequest> = {},
  ): Promise<Contract.CatalogImportResult> {
    const requestId = this.bring(source);
    try {
      return await this.site.service['catalog/import']({ requestId, path: source, ...params }, this.site.request());
    } catch (error) {
      this.#remove(requestId);
      throw error;
    }
  }

  /** One whole import. */
  async import(source: string, params: Partial<Contract.CatalogImportRequest> = {}): Promise<Contract.Run> {
    return this.site.wait((await this.begin(source, params)).run.Id);
  }

  /** Names of what lies in the Transfer folder. */
  left(): string[] {
    return fs.readdirSync(path.join(this.folder, 'Transfer'));
  }

  bring(source: string): string {
    const requestId = newRequestId();
    const place = packagePlace({ path: this.folder }, requestId);
    fs.copyFileSync(source, place.file);
    if (fs.existsSync(`${source}.manifest.json`)) fs.copyFileSync(`${source}.manifest.json`, place.sideCar);
    return requestId;
  }

  #remove(requestId: string): void {
    const place = packagePlace({ path: this.folder }, requestId);
    for (const file of [place.file, place.sideCar]) fs.rmSync(file, { force: true });
  }
}

/** Two sites for each test of the suite, A and B, and a folder for what is carried between them. */
export function twoSites(): () => { a: TransferSite; b: TransferSite; folder: string } {
  const folder = temporaryFolder();
  let sites: { a: TransferSite; b: TransferSite; folder: string };
  beforeEach(async () => {
    sites = {
      a: await TransferSite.open(path.join(folder(), 'a')),
      b: await TransferSite.open(path.join(folder(), 'b')),
      folder: folder(),
    };
  });
  afterEach(async () => {
    // A test may have closed one already, as a kill does.
    for (const { site } of [sites.a, sites.b]) await site.database.close().catch(() => undefined);
  });
  return () => sites;
}
