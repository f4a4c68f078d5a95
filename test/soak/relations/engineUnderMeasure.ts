import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Run, SoftwareUpdate } from '../../../server/contract/generated/types.js';
import { openEngine } from '../../../server/engine/openEngine.js';
import type { RunningEngine } from '../../../server/engine/RunningEngine.js';
import { openSite } from '../../../server/site/openSite.js';
// By itself a process loads it in its first synchronization: what is measured is the work, not the loading.
import '../../../server/state/createSource.js';
import { packagePlace } from '../../../server/transfer/packagePlace.js';
import { LoopMeter } from './LoopMeter.js';
import type { Cost } from './LoopMeter.js';
import { QUIET_REQUEST } from '../../fixtures/quietRequest.js';

/** What an engine is told to do; `MeasuredEngine` sends it. */
export type Order =
  | { readonly step: 'open'; readonly folder: string; readonly generation: number }
  | { readonly step: 'set'; readonly upstream: string }
  | { readonly step: 'sync' | 'list' | 'check' | 'maintain' | 'serve' | 'served' | 'close' }
  | { readonly step: 'export' | 'import'; readonly file: string };

/** What it cost, and what came of it. */
export interface Report {
  readonly cost: Cost;
  readonly result: unknown;
  readonly error: string;
}

const meter = new LoopMeter();
const state: { engine?: RunningEngine; folder: string; endServing: () => void } = {
  folder: '',
  endServing: () => undefined,
};

process.on('message', (order: Order) => void answer(order));

async function answer(order: Order): Promise<void> {
  let result: unknown;
  let error = '';
  // What serving costs is told at its end.
  if (order.step !== 'served') meter.begin();
  try {
    result = await obey(order);
  } catch (caught) {
    error = String(caught);
  }
  process.send?.({ cost: meter.cost(), result, error } satisfies Report);
  // Opening the port makes certificates, which is not what is measured.
  if (order.step === 'serve') meter.begin();
  if (order.step === 'close') process.disconnect();
}

async function obey(order: Order): Promise<unknown> {
  switch (order.step) {
    case 'open':
      return open(order);
    case 'set':
      return setComponent(order);
    case 'sync':
      return runOf((await engine().service['sync/start']({ requestId: randomUUID() }, QUIET_REQUEST)).run.Id);
    case 'list':
      return list();
    case 'check':
      return check();
    case 'maintain':
      return maintain();
    case 'serve':
      return serve();
    case 'served':
      state.endServing();
      return undefined;
    case 'export':
      return exportTo(order.file);
    case 'import':
      return importFrom(order.file);
    case 'close':
      return engine().close();
  }
}

function engine(): RunningEngine {
  if (state.engine === undefined) throw new TypeError('The engine is not open.');
  return state.engine;
}

async function open({ folder, generation }: Extract<Order, { step: 'open' }>): Promise<void> {
  mkdirSync(path.join(folder, 'Transfer'), { recursive: true });
  state.folder = folder;
  state.engine = await openEngine({
    site: await openSite(folder),
    generation,
    onIdle: () => undefined,
    stop: () => undefined,
    log: () => undefined,
  });
}

/** Selects everything; `upstream`: '' leaves the source as it is. */
async function setComponent({ upstream }: Extract<Order, { step: 'set' }>): Promise<number> {
  const source = upstream === '' ? {} : { upstreamSourceLocation: upstream };
  const { component } = await engine().service['component/set'](
    { requestId: randomUUID(), ...source, allProducts: true, allClassifications: true },
    QUIET_REQUEST,
  );
  return component.Products.length;
}

/** The run once it is over. */
async function runOf(id: number): Promise<Partial<Run>> {
  const { State, ErrorMessage, Counts, Warnings } = (await engine().service['run/wait']({ id }, QUIET_REQUEST)).run;
  return { State, ErrorMessage, Counts, Warnings };
}

/** Everything that the commands which only read show; how many of it there are. Who asks keeps it, not the engine. */
async function list(): Promise<Record<string, number>> {
  const { service } = engine();
  let first: SoftwareUpdate | undefined;
  const counts = { updates: 0, superseded: 0, expired: 0 };
  for (let after: number | undefined = 0; after !== undefined;) {
    const page: Awaited<ReturnType<(typeof service)['update/list']>> = await service['update/list'](
      { after },
      QUIET_REQUEST,
    );
    first ??= page.updates[0];
    counts.updates += page.updates.length;
    counts.superseded += page.updates.filter((update) => update.IsSuperseded).length;
    counts.expired += page.updates.filter((update) => update.IsExpired).length;
    after = page.next ?? undefined;
  }
  const vendor = await service['update/list']({ vendor: '*', pageSize: 10 }, QUIET_REQUEST);
  const named = await service['update/list']({ categoryName: ['*'], pageSize: 10 }, QUIET_REQUEST);
  const { categories } = await service['category/list']({}, QUIET_REQUEST);
  const content =
    first === undefined ? [] : (await service['content/list']({ ciIds: [first.CI_ID] }, QUIET_REQUEST)).files;
  return {
    ...counts,
    categories: categories.length,
    named: named.updates.length,
    vendor: vendor.updates.length,
    content: content.length,
  };
}

async function check(): Promise<number> {
  let findings = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const part: Awaited<ReturnType<RunningEngine['service']['store/check']>> = await engine().service['store/check'](
      after === '' ? {} : { after },
      QUIET_REQUEST,
    );
    findings += part.findings.length;
    after = part.next ?? undefined;
  }
  return findings;
}

/** Everything expires, leaves the site, and what nothing refers to leaves the catalogue. */
async function maintain(): Promise<unknown> {
  const { service } = engine();
  await service['component/set'](
    {
      requestId: randomUUID(),
      setProduct: [],
      updatesCleanupAgeDays: 0,
      obsoleteAgeDays: 0,
      enableCallWsusCleanupWizard: true,
      enableDeleteObsoleteUpdates: true,
    },
    QUIET_REQUEST,
  );
  const run = await runOf((await service['sync/start']({ requestId: randomUUID() }, QUIET_REQUEST)).run.Id);
  const { maintenance } = await service['maintenance/start']({ requestId: randomUUID() }, QUIET_REQUEST);
  const { Items, ...counts } = maintenance;
  return { run, ...counts, items: Items.length };
}

async function serve(): Promise<string> {
  const listener = await engine().serve({ port: 0, host: '127.0.0.1', allowHttp: true });
  state.endServing = (): void => void listener.close();
  return `http://127.0.0.1:${listener.address.port}`;
}

async function exportTo(file: string): Promise<number> {
  const requestId = randomUUID();
  const written = await engine().service['catalog/export']({ requestId, path: file }, QUIET_REQUEST);
  copyFileSync(packagePlace({ path: state.folder }, requestId).file, file);
  return written.package.Documents;
}

async function importFrom(file: string): Promise<unknown> {
  const requestId = randomUUID();
  copyFileSync(file, packagePlace({ path: state.folder }, requestId).file);
  const { run, package: found } = await engine().service['catalog/import'](
    { requestId, path: file, force: true },
    QUIET_REQUEST,
  );
  return { run: await runOf(run.Id), problems: found.Problems.length };
}
