import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  StoreCheckResult,
  StoreFinding,
  StoreRepairRequest,
  StoreRepairResult,
} from '../../server/contract/generated/types.js';
import { forwardRequest } from '../../server/relay/forwardRequest.js';
import { type SampleUpstream, startSampleUpstream } from '../bench/SampleUpstream.js';
import { RealSite } from '../process/RealSite.js';
import { caughtFrom } from '../rpc/caught.js';

describe('Making the index again from the documents, with the real engine', function () {
  let upstream: SampleUpstream;
  let site: RealSite;
  let updates: number;
  const within = (...names: string[]): string => join(site.site.path, ...names);
  const named = (folder: string, beginning: string): string[] =>
    readdirSync(within(folder)).filter((name) => name.startsWith(beginning));
  const segments = (): string[] => named('documents', '').filter((name) => name.endsWith('.seg'));
  const flip = (file: string, at: number): void => {
    const bytes = readFileSync(file);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };

  async function check(): Promise<StoreFinding[]> {
    const client = site.client();
    const findings: StoreFinding[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const params = { after };
      const part = (await forwardRequest(client, { method: 'store/check', params })) as StoreCheckResult;
      findings.push(...part.findings);
      after = part.next;
    }
    return findings.filter(({ Severity }) => Severity === 'Damage');
  }
  const repair = async (change: Partial<StoreRepairRequest>): Promise<StoreRepairResult> =>
    (await forwardRequest(site.client(), {
      method: 'store/repair',
      params: { requestId: randomUUID(), ...change },
    })) as StoreRepairResult;
  const subscribe = async (): Promise<void> => {
    await site.client().request('component/set', {
      requestId: randomUUID(),
      synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
      upstreamSourceLocation: upstream.url,
      allProducts: true,
      allClassifications: true,
    });
  };
  const synchronize = async () => {
    const client = site.client();
    const { run } = await client.request('sync/start', { requestId: randomUUID() });
    return (await client.request('run/wait', { id: run.Id })).run;
  };
  const listed = async (): Promise<number> => (await site.client().request('update/list', {})).updates.length;

  before(async () => {
    upstream = await startSampleUpstream(['--updates', '40', '--seed', '3', '--all-current']);
    site = await RealSite.make();
    await subscribe();
    expect((await synchronize()).State).to.equal('Succeeded');
    updates = await listed();
    expect(updates).to.be.greaterThan(20);
  });
  after(async () => {
    await site.remove();
    await upstream.stop();
  });

  it('is refused while the database can be read, and a flipped byte names the repair without a loss', async () => {
    expect((await caughtFrom(repair({ rebuild: true }))).errorId).to.equal('StoreRebuildRefused');
    const [journal = ''] = named('database', 'journal.');
    flip(within('database', journal), readFileSync(within('database', journal)).length - 3);
    const found = await check();
    expect(found.map(({ Kind, Repair }) => [Kind, Repair])).to.deep.equal([['Database', 'Rewrite']]);
    expect(await repair({})).to.include({ rewritten: true, lost: null });
    expect(await check()).to.deep.equal([]);
  });

  it('brings every update back without fetching one, and says what is lost', async () => {
    await site.kill();
    for (const name of readdirSync(within('database'))) rmSync(within('database', name), { recursive: true });
    const found = await check();
    expect(found.map(({ Kind, Repair }) => [Kind, Repair])).to.deep.equal([['Database', 'Rebuild']]);
    for (const change of [{}, { acceptLoss: true }]) {
      const error = await caughtFrom(repair(change));
      expect([error.errorId, error.data['files']]).to.deep.equal(['StoreRebuildNeeded', segments().length]);
    }
    const made = await repair({ rebuild: true });
    expect(made.rebuilt).to.be.greaterThan(updates);
    expect(made.lost).to.equal('the settings, runs, messages, alerts, joined sites and changes to single updates');
    expect(await check()).to.deep.equal([]);
    const component = await site.client().request('component/get', {});
    expect(component.SynchronizeAction).to.equal('DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource');
    await subscribe();
    const run = await synchronize();
    expect([run.State, run.Counts.DocumentsFetched]).to.deep.equal(['Succeeded', 0]);
    expect(await listed()).to.equal(updates);
  });

  it('passes over what is damaged in the documents, tells how much, and fetches just that block again', async () => {
    await site.kill();
    for (const name of readdirSync(within('database'))) rmSync(within('database', name), { recursive: true });
    const [segment = ''] = segments().slice(-1);
    flip(within('documents', segment), readFileSync(within('documents', segment)).length - 5);
    const made = await repair({ rebuild: true });
    expect(made.lost).to.match(/; \d+ bytes of documents that cannot be read$/);
    await subscribe();
    const run = await synchronize();
    expect([run.State, run.Counts.DocumentsFetched]).to.deep.equal(['Succeeded', updates]);
    expect(await listed()).to.equal(updates);
  });
});
