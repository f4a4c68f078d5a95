import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { createSite } from '../../server/site/createSite.js';
import { realSiteEnvironment } from '../../server/site/SiteEnvironment.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';

/** A site folder in a scratch place, with nothing running on it. */
export interface BenchSite {
  readonly site: SiteFolder;
  /** Bytes of a subfolder. */
  size(folder: string): number;
  remove(): void;
}

/** Makes the site. */
export async function makeBenchSite(): Promise<BenchSite> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'configmgrsync-bench-'));
  const folder = path.join(scratch, 'BEN');
  mkdirSync(scratch, { recursive: true });
  const site = await createSite({ siteCode: 'BEN', path: folder, requestId: randomUUID() }, realSiteEnvironment());
  return {
    site,
    size: (name) =>
      readdirSync(path.join(site.path, name)).reduce(
        (sum, file) => sum + statSync(path.join(site.path, name, file)).size,
        0,
      ),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}
