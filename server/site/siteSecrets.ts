import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';

/** What a site keeps beside its database because no backup or export of that may hold it. */
export interface SiteSecrets {
  readonly proxyPassword?: string;
}

const FILE = 'secrets.json';

/** Reads the secrets of a site folder; none where the file does not exist. */
export async function readSecrets(folder: string): Promise<SiteSecrets> {
  try {
    return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as SiteSecrets;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return {};
    throw error;
  }
}

/** Replaces the secrets; only those who may use the site can read the file. */
export async function writeSecrets(folder: string, secrets: SiteSecrets): Promise<void> {
  await replaceFile(join(folder, FILE), `${JSON.stringify(secrets)}\n`, { mode: 0o660 });
}
