import path from 'node:path';
import { moveSite } from '../../server/move/moveSite.js';
import type { FolderFiles } from '../../server/platform/files/folderFiles.js';
import { openSite } from '../../server/site/openSite.js';

// Moves a site and kills itself: when an activity has come so far, or before the n-th rename from the one that decides.
const [sitePath = '', to = '', when = '', count = '1', address] = process.argv.slice(2);

const die = (): void => void process.kill(process.pid, 'SIGKILL');

const site = await openSite(sitePath);
let renames = 0;
const files: FolderFiles = {
  ...site.files,
  renameSync: (from, name) => {
    // Others write keys before.
    if (renames > 0 || path.basename(name) === 'site.json') renames += 1;
    if (when === 'rename' && renames === Number(count)) die();
    site.files.renameSync(from, name);
  },
};
await moveSite({
  site: { ...site, files },
  target: { to: to === 'embedded' ? undefined : to, address },
  isWhatIf: false,
  endEngine: async () => Promise.resolve(),
  report: () => undefined,
  now: () => new Date(),
  signal: new AbortController().signal,
  onProgress: (activity, done, total) => {
    if (activity.startsWith(when) && done >= (total * Number(count)) / 100) die();
  },
});
