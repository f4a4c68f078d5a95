import { agedSite } from './agedSite.js';
import { TestSite } from './TestSite.js';

/**
 * Puts the past of `agedSite` into a site folder that no engine has, ready for maintenance by one; `settings` are
 * stored last.
 */
export async function agedFolder(folder: string, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const site = await TestSite.open(folder);
  await agedSite(site);
  await site.change({ deleteObsoleteUpdates: true });
  await site.database.commit({ settings });
  await site.context.documents.close();
  await site.database.close();
}
