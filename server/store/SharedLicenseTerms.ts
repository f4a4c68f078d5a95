import { createHash } from 'node:crypto';
import type { LicenseTerms } from './LicenseTermsStore.js';
import type { LicenseTermsRows } from './SharedRows.js';

/** Licence terms of a site on several servers: in its database, and in the folder of each that was asked for them. */
export class SharedLicenseTerms implements LicenseTerms {
  readonly #rows: LicenseTermsRows;
  readonly #folder: LicenseTerms;

  constructor(rows: LicenseTermsRows, folder: LicenseTerms) {
    this.#rows = rows;
    this.#folder = folder;
  }

  async read(digest: string): Promise<Uint8Array | undefined> {
    const here = await this.#folder.read(digest);
    if (here !== undefined) return here;
    const there = await this.#rows.read(digest);
    if (there === undefined || createHash('sha1').update(there).digest('base64') !== digest) return undefined;
    await this.#folder.write(digest, there);
    return there;
  }

  async write(digest: string, bytes: Uint8Array): Promise<void> {
    await this.#rows.write(digest, bytes);
    await this.#folder.write(digest, bytes);
  }
}
