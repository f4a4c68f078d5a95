import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openEngine } from '../../server/engine/openEngine.js';
import { openSite } from '../../server/site/openSite.js';
import { highestGeneration } from '../../server/store/embedded/findJournals.js';
import { realFiles } from '../../server/store/StoreFiles.js';
import { packagePlace } from '../../server/transfer/packagePlace.js';
import { peakMemory, timed } from './measure.js';

/**
 * What a process measured that exports a site to a file, or imports a file into one; `before` and `peak` are its
 * largest memory.
 */
export interface TransferMeasures {
  readonly ms: number;
  readonly documents: number;
  readonly size: number;
  readonly before: string;
  readonly peak: string;
}

const [action = '', folder = '', file = ''] = process.argv.slice(2);
mkdirSync(path.join(folder, 'Transfer'), { recursive: true });
const generation = highestGeneration(realFiles, path.join(folder, 'database')) + 1;
const engine = await openEngine({
  site: await openSite(folder),
  generation,
  onIdle: () => undefined,
  stop: () => undefined,
});
const never = new AbortController().signal;
const request = { signal: never, closed: never, notify: () => undefined };
const requestId = randomUUID();
const place = packagePlace({ path: folder }, requestId);
const before = peakMemory(process.pid);

async function exportSite(): Promise<number> {
  const written = await engine.service['catalog/export']({ requestId, path: file }, request);
  return written.package.Documents;
}

async function importFile(): Promise<number> {
  const { run } = await engine.service['catalog/import']({ requestId, path: file }, request);
  return (await engine.service['run/wait']({ id: run.Id }, request)).run.Counts.DocumentsFetched;
}

if (action === 'import') copyFileSync(file, place.file);
const { result, ms } = await timed(action === 'import' ? importFile : exportSite);
if (action === 'export') copyFileSync(place.file, file);
const measures: TransferMeasures = {
  ms,
  documents: result,
  size: statSync(file).size,
  before,
  peak: peakMemory(process.pid),
};
await engine.close();
process.stdout.write(`${JSON.stringify(measures)}\n`);
