import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { sharedCabinets } from '../../../server/state/sharedCabinets.js';
import { createUpstreamServer } from '../../../server/downstream/createUpstreamServer.js';
import { MemoryCatalogue } from '../../../server/sample/MemoryCatalogue.js';
import { createWsusSource } from '../../../server/upstream/createWsusSource.js';
import { MeasuredEngine } from './MeasuredEngine.js';
import type { Report } from './engineUnderMeasure.js';
import { graphOf, type Shape } from './graphs.js';
import { hostileDocuments, PRODUCT, revisedMember, SECURITY, type Relation } from './hostileCatalogue.js';
import { temporarySite } from './temporarySite.js';

export type Step = 'first' | 'delta' | 'list' | 'serve' | 'export' | 'check' | 'reopen' | 'set' | 'maintain' | 'import';
export type Measures = Readonly<Record<Step, Report>>;

/** Takes an engine through all it does with a catalogue whose updates name each other in one form. */
export async function measureRelation(
  relation: Relation,
  { shape, size }: { shape: Shape; size: number },
  onStep: (step: Step, report: Report) => void = () => undefined,
): Promise<Measures> {
  const graph = graphOf(shape, size);
  const catalogue = new MemoryCatalogue({ serverId: randomUUID(), languages: [] });
  catalogue.add(hostileDocuments(relation, graph));
  const server = createUpstreamServer({ catalogue, blob: 'plain', clock: Date.now, random: randomBytes });
  const { port } = await server.listen(0);
  const [site, other] = [await temporarySite(), await temporarySite()];
  const file = path.join(site.folder, 'catalogue.xml.gz');
  const measures: Partial<Record<Step, Report>> = {};
  const engines: MeasuredEngine[] = [];
  const started = async (folder: string, generation: number): Promise<[MeasuredEngine, Report]> => {
    const engine = new MeasuredEngine();
    engines.push(engine);
    return [engine, await engine.tell({ step: 'open', folder, generation })];
  };
  const note = async (step: Step, work: Promise<Report>): Promise<Report> => {
    const report = await work;
    measures[step] = report;
    onStep(step, report);
    return report;
  };
  try {
    const [engine] = await started(site.folder, 1);
    await engine.tell({ step: 'set', upstream: `http://127.0.0.1:${port}` });
    await note('first', engine.tell({ step: 'sync' }));
    catalogue.add([revisedMember(relation, graph, graph.count - (graph.count % 6 === 0 ? 6 : graph.count % 6))]);
    await note('delta', engine.tell({ step: 'sync' }));
    await note('list', engine.tell({ step: 'list' }));
    await note('serve', serve(engine));
    await note('export', engine.tell({ step: 'export', file }));
    await note('check', engine.tell({ step: 'check' }));
    await engine.end();
    const [second, opened] = await started(site.folder, 2);
    await note('reopen', Promise.resolve(opened));
    await note('set', second.tell({ step: 'set', upstream: '' }));
    await note('maintain', second.tell({ step: 'maintain' }));
    await second.end();
    const [importing] = await started(other.folder, 1);
    await importing.tell({ step: 'set', upstream: '' });
    await note('import', importing.tell({ step: 'import', file }));
    return measures as Measures;
  } finally {
    for (const engine of engines) await engine.end();
    await server.close();
    for (const made of [site, other]) made.remove();
    rmSync(file, { force: true });
  }
}

/** What serving a downstream server costs: it lists everything twice, once by a filter and once for changes. */
async function serve(engine: MeasuredEngine): Promise<Report> {
  const { result: url, ...failed } = await engine.tell({ step: 'serve' });
  if (typeof url !== 'string') return { ...failed, result: url };
  const source = createWsusSource(
    { url, accountName: 'down.test', accountGuid: randomUUID() },
    { cabinets: sharedCabinets, clock: Date.now, random: Math.random },
  );
  const never = new AbortController().signal;
  await source.open('', never);
  const lists: number[] = [];
  const entry = (id: string, delta: boolean): { id: string; delta: boolean } => ({ id, delta });
  for (const delta of [false, true]) {
    const filter = {
      config: false,
      anchor: '',
      categories: [entry(PRODUCT, delta)],
      classifications: [entry(SECURITY, delta)],
      languages: [],
    };
    lists.push((await source.listRevisions(filter, never)).revisions.length);
  }
  await source.close();
  return { ...(await engine.tell({ step: 'served' })), result: lists };
}
