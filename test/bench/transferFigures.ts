import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { makeBenchSite, type BenchSite } from './BenchSite.js';
import { type Figure, seconds } from './measure.js';
import type { TransferMeasures } from './transferProcess.js';

const run = promisify(execFile);
const BUDGET = '10,000: 4 s together';

/**
 * A synchronized site as a cabinet and as gzip, each brought into a new site: time and memory, each in a process of its
 * own.
 */
export async function transferFigures(bench: BenchSite): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const name of ['out.cab', 'out.xml.gz']) {
    const file = path.join(bench.site.path, '..', name);
    const written = await measure('export', bench.site.path, file);
    figures.push({
      name: `export of ${written.documents} documents as ${name}`,
      value: `${seconds(written.ms)}, ${(written.size / 1e6).toFixed(1)} MB, ${memory(written)}`,
      budget: BUDGET,
    });
    const other = await makeBenchSite();
    try {
      const read = await measure('import', other.site.path, file);
      figures.push({
        name: 'its checked import into a new site',
        value: `${seconds(read.ms)}, ${read.documents} documents, ${memory(read)}`,
        budget: BUDGET,
      });
    } finally {
      other.remove();
    }
  }
  return figures;
}

function memory({ before, peak }: TransferMeasures): string {
  return `peak ${peak} (${before} with the site opened)`;
}

async function measure(action: 'export' | 'import', folder: string, file: string): Promise<TransferMeasures> {
  const { stdout } = await run(process.execPath, [
    path.join(packageFolder(), 'dist', 'test', 'bench', 'transferProcess.js'),
    action,
    folder,
    file,
  ]);
  return JSON.parse(stdout) as TransferMeasures;
}
