import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agedSite } from './agedSite.js';
import { TestSite } from './TestSite.js';

/**
 * Puts the past of `agedSite` into a site folder that no engine has, ready for maintenance by one; `settings` are
 * stored last.
 */
export async function agedFolder(folder: string, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const { siteGuid } = JSON.parse(readFileSync(join(folder, 'site.json'), 'utf8')) as { siteGuid: string };
  const site = await TestSite.open(folder, { site: { siteGuid } });
  await agedSite(site);
  await site.change({ deleteObsoleteUpdates: true });
  await site.database.commit({ settings });
  await site.context.documents.close();
  await site.database.close();
}
