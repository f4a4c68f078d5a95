import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Category, SoftwareUpdate } from '../../../server/contract/generated/types.js';
import { identityKey, type UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import type { EngineClient } from '../../../server/relay/EngineClient.js';
import { realFiles, storePlaceOf } from '../../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../../server/store/embedded/openSiteDatabase.js';
import type { RealSite } from '../../process/RealSite.js';

/** What a site shows of itself. */
interface SiteContents {
  readonly categories: readonly Category[];
  readonly updates: readonly SoftwareUpdate[];
}

export async function contentsOf(client: EngineClient): Promise<SiteContents> {
  const updates: SoftwareUpdate[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: { updates: SoftwareUpdate[]; next: number | null } = await client.request('update/list', {
      after,
      includeUpgrade: true,
    });
    updates.push(...page.updates);
    after = page.next;
  }
  return { categories: (await client.request('category/list', {})).categories, updates };
}

/** `guid.number` of the revisions that are committed, read from a copy of the database folder. */
export async function committedOf(
  { home, site }: RealSite,
  identities: readonly UpdateIdentity[],
): Promise<ReadonlySet<string>> {
  const copy = mkdtempSync(join(home, 'copy-'));
  for (const name of readdirSync(site.path).filter((file) => file.startsWith('seal.') || file === 'database'))
    cpSync(join(site.path, name), join(copy, name), { recursive: true });
  const place = storePlaceOf({ ...site, path: copy });
  const database = await openSiteDatabase({ place, files: realFiles, generation: 1_000_000 });
  const missing = new Set((await database.missingRevisions(identities)).map(identityKey));
  await database.close();
  rmSync(copy, { recursive: true });
  return new Set(identities.map(identityKey).filter((key) => !missing.has(key)));
}
