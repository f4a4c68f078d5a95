import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { realSiteEnvironment } from '../../../server/site/SiteFolder.js';
import { createSite } from '../../../server/site/createSite.js';

/** A new site with nothing running on it, and how it goes again. */
export async function temporarySite(): Promise<{ readonly folder: string; remove(): void }> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cmsync-'));
  const request = { siteCode: 'REL', path: path.join(scratch, 'REL'), requestId: randomUUID() };
  const { path: folder } = await createSite(request, realSiteEnvironment());
  return { folder, remove: () => rmSync(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }) };
}
