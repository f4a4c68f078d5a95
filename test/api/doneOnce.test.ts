import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { type EngineMethod, METHODS, type RequestOf } from '../../server/contract/methods.js';
import { SyncError } from '../../server/errors/SyncError.js';
import type { RequestContext } from '../../server/rpc/requests.js';
import { packagePlace } from '../../server/transfer/packagePlace.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';

/** Methods of the table whose changes are done once. */
type OnceMethod = {
  [M in EngineMethod]: (typeof METHODS)[M]['isDoneOnce'] extends true ? M : never;
}[EngineMethod];
type AnyHandler = (params: object, request: RequestContext) => Promise<unknown>;

const once = Object.entries(METHODS)
  .filter(([, { isDoneOnce, answeredBy }]) => isDoneOnce && answeredBy === 'engine')
  .map(([name]) => name as OnceMethod);

const STOPPED_SERVER = {
  ...{ id: 'b', host: 'cm02.test', processId: 7, version: '0.2.0' },
  ...{ since: 1, heartbeat: 0, silence: 9, isOwner: false },
};

describe('A change that is done once by its requestId', () => {
  const site = testSite();
  let requestId: string;
  let close: () => Promise<void>;
  beforeEach(() => {
    requestId = newRequestId();
    close = async () => Promise.resolve();
  });
  afterEach(async () => close());

  const ask = async <M extends EngineMethod>(method: M, params: RequestOf<M>): Promise<unknown> =>
    (site().service[method] as AnyHandler)(params, site().request());
  const server = 'sup.contoso.com';
  const addPoint = async (): Promise<unknown> => ask('sup/add', { requestId: newRequestId(), serverName: server });
  const synchronized = async (): Promise<number> => {
    site().source.put(update(1));
    await site().sync();
    return (await site().updates())[0]?.CI_ID ?? 0;
  };
  const alerted = async (): Promise<void> => {
    await site().set({ enableSyncFailureAlert: true });
    site().source.onOpen = async () =>
      Promise.reject(new SyncError('UpstreamUnreachable', { url: 'http://up', reason: 'no name' }));
    await site().sync();
  };
  /** Exports the catalogue and puts the file where the import of this request looks for it. */
  const exported = async (): Promise<string> => {
    await synchronized();
    const order = { requestId: newRequestId(), path: path.join(site().context.site.path, 'out.cab') };
    await ask('catalog/export', order);
    const [from, to] = [order.requestId, requestId].map((id) => packagePlace({ path: site().context.site.path }, id));
    fs.renameSync(from?.file ?? '', to?.file ?? '');
    fs.renameSync(from?.sideCar ?? '', to?.sideCar ?? '');
    return order.path;
  };
  const node = {
    siteCode: 'PS1',
    siteName: 'Below',
    serverName: 'ps1.test',
    type: 'Primary',
    role: 'Site',
    publicKey: '',
    joined: '2024-01-01T00:00:00.000Z',
    revoked: '',
  };
  const subscription = { name: 'On call', emailAddresses: ['a@b.test'] };
  const subscribed = async (): Promise<unknown> =>
    ask('subscription/add', { requestId: newRequestId(), ...subscription });
  const served = async (): Promise<void> => {
    const port = await (await site().links.host()).serve({ port: 0 });
    close = async () => port.close();
  };

  /** Makes the site ready for a request, and gives its parameters. */
  const prepare: { [M in OnceMethod]: () => Promise<Omit<RequestOf<M>, 'requestId'>> } = {
    'component/set': async () => Promise.resolve({ addLanguageSummaryDetail: ['German'] }),
    'sync/start': async () => Promise.resolve({}),
    'run/stop': async () => Promise.resolve({}),
    'maintenance/start': async () => Promise.resolve({}),
    'store/repair': async () => Promise.resolve({}),
    'update/set': async () => ({ ciIds: [await synchronized()], customSeverity: 'Low' }),
    'sup/add': async () => Promise.resolve({ serverName: server }),
    'sup/set': async () => addPoint().then(() => ({ serverName: server, httpPort: 8080 })),
    'sup/remove': async () => addPoint().then(() => ({ serverName: server })),
    'siteSystem/add': async () => Promise.resolve({ serverName: server }),
    'siteSystem/set': async () => Promise.resolve({ serverName: site().context.site.serverName, fdmOperation: true }),
    'catalog/export': async () => synchronized().then(() => ({ path: path.join(site().context.site.path, 'a.cab') })),
    'catalog/import': async () => ({ path: await exported(), force: true }),
    'componentStatus/clear': async () => Promise.resolve({ componentName: 'SMS_WSUS_SYNC_MANAGER', severity: 'All' }),
    'maintenanceTask/set': async () => Promise.resolve({ name: 'DeleteAgedLogData', enabled: true }),
    'statusRule/set': async () => Promise.resolve({ name: 'r', isNew: true }),
    'statusRule/remove': async () =>
      ask('statusRule/set', { requestId: newRequestId(), name: 'r', isNew: true }).then(() => ({ name: 'r' })),
    'alert/switch': async () => alerted().then(() => ({ wildcard: true, name: 'Sync*', enabled: false })),
    'alert/remove': async () => alerted().then(() => ({ wildcard: true, name: 'Sync*' })),
    'alert/set': async () => alerted().then(() => ({ wildcard: true, name: 'Sync*', comment: 'seen' })),
    'subscription/add': async () => Promise.resolve(subscription),
    'subscription/set': async () => subscribed().then(() => ({ name: 'On call', newName: 'Night' })),
    'subscription/remove': async () => subscribed().then(() => ({ name: 'On call' })),
    'notification/set': async () => Promise.resolve({ smtpServer: 'mail.test', sender: 'sync@mail.test' }),
    'summarization/set': async () => Promise.resolve({ interval: 2, unit: 'Hours' }),
    'summarization/run': async () => Promise.resolve({}),
    'content/save': async () => ({ packageName: 'January', ciIds: [await synchronized()] }),
    'site/revoke': async () =>
      site()
        .database.commit({ linkNodes: [{ nodeId: 1, json: JSON.stringify(node) }] })
        .then(() => ({ siteCode: 'PS1' })),
    'database/updateKey': async () => Promise.resolve({}),
    'server/remove': async () => {
      site().servers.push(STOPPED_SERVER);
      return Promise.resolve({ serverName: STOPPED_SERVER.host });
    },
    'statusToken/remove': async () =>
      ask('statusToken/new', { requestId: newRequestId(), name: 'Desk' }).then(() => ({ name: 'Desk' })),
    'site/updateKey': async () => served().then(() => ({})),
  };

  for (const method of once)
    it(`${method} gives its stored answer when it is sent again, and changes nothing more`, async () => {
      const params = { ...(await prepare[method]()), requestId } as RequestOf<OnceMethod>;
      const first = await ask(method, params);
      if (site().runner.current !== undefined) await site().wait(site().runner.current?.Id ?? 0);
      expect(await site().database.requestResult(requestId)).to.be.a('string');
      // What follows from the change is stored too.
      await site().alerts.look();
      let commits = 0;
      site().failCommit = () => {
        commits += 1;
        return false;
      };
      expect(await ask(method, params)).to.deep.equal(first);
      expect(commits).to.equal(0);
    });
});
