import { expect } from 'chai';
import type {
  SupAddRequest,
  SupListRequest,
  SupRemoveRequest,
  SupSetRequest,
} from '../../server/contract/generated/types.js';
import { validate } from '../../server/contract/validator.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';

describe('Software update points', () => {
  const site = testSite();
  const list = async (params: SupListRequest = {}) =>
    (await site().service['sup/list'](params, site().request())).softwareUpdatePoints;
  const add = async (serverName: string, params: Partial<SupAddRequest> = {}) =>
    site().service['sup/add']({ requestId: newRequestId(), serverName, ...params }, site().request());
  const set = async (serverName: string, params: Partial<SupSetRequest>) =>
    site().service['sup/set']({ requestId: newRequestId(), serverName, ...params }, site().request());
  const remove = async (serverName: string, params: Partial<SupRemoveRequest> = {}) =>
    site().service['sup/remove']({ requestId: newRequestId(), serverName, ...params }, site().request());
  const names = async (): Promise<string[]> =>
    (await list()).map((point) => `${point.ServerName}${point.IsDefault ? ' (default)' : ''}`);
  const props = async (serverName: string): Promise<Record<string, number | string>> => {
    const [point] = await list({ serverName });
    return Object.fromEntries(
      point?.Props.map((one) => [one.PropertyName, one.Value1 === 'REG_SZ' ? one.Value2 : one.Value]) ?? [],
    );
  };
  const statuses = async () => (await site().service['status/get']({}, site().request())).status;

  it('of a new site are its site server, in the shape of the product', async () => {
    const [point, ...others] = await list();
    expect(others).to.deep.equal([]);
    validate('SoftwareUpdatePoint', point, 'sup/list');
    expect(point).to.include({
      RoleName: 'SMS Software Update Point',
      NetworkOSPath: '\\\\cs1.test',
      SiteCode: 'CS1',
      SslState: 0,
      Type: 2,
      IsDefault: true,
      ItemType: 'System Resource Usage',
    });
    expect(point.ItemName).to.equal(
      '["Display=\\\\cs1.test\\"]MSWNET:["SMS_SITE=CS1"]\\\\cs1.test\\,SMS Software Update Point',
    );
    expect(await props('cs1.test')).to.deep.equal({
      WSUSIISPort: 8530,
      WSUSIISSSLPort: 8531,
      SSLWSUS: 0,
      IsIntranet: 1,
      IsINF: 0,
      UseProxy: 0,
      UseProxyForADR: 0,
      AllowProxyTraffic: 0,
      WSUSAccessAccount: '',
    });
  });

  it('keep what they are given, and show it under the names of the product', async () => {
    const { softwareUpdatePoint, warnings } = await add('sup2.test', {
      clientConnectionType: 'InternetAndIntranet',
      enableSsl: true,
      httpPort: 80,
      httpsPort: 443,
      wsusAccessAccount: 'contoso\\wsus',
      enableCloudGateway: true,
      useProxy: true,
    });
    expect(softwareUpdatePoint).to.include({
      ServerName: 'sup2.test',
      Type: 8,
      IsDefault: false,
      SslState: 1,
      ClientConnectionType: 'InternetAndIntranet',
    });
    expect(warnings).to.have.length(1);
    expect(await props('SUP2.test')).to.deep.equal({
      WSUSIISPort: 80,
      WSUSIISSSLPort: 443,
      SSLWSUS: 1,
      IsIntranet: 1,
      IsINF: 1,
      UseProxy: 1,
      UseProxyForADR: 0,
      AllowProxyTraffic: 1,
      WSUSAccessAccount: 'contoso\\wsus',
    });
    await set('sup2.test', {
      anonymousWsusAccess: true,
      clientConnectionType: 'Internet',
      publicVirtualIP: '203.0.113.5',
    });
    expect(await props('sup2.test')).to.include({
      WSUSIISPort: 80,
      SSLWSUS: 1,
      IsIntranet: 0,
      IsINF: 1,
      WSUSAccessAccount: '',
    });
    expect((await list({ serverName: 'sup2.test' }))[0]).to.include({
      AnonymousWsusAccess: true,
      PublicVirtualIP: '203.0.113.5',
    });
    expect((await set('sup2.test', { wsusAccessAccount: 'other' })).softwareUpdatePoint.AnonymousWsusAccess).to.equal(
      false,
    );
  });

  it('are found by name, with wildcards unless those are plain text', async () => {
    await add('sup2.test');
    expect((await list({ serverName: 'sup*' })).map((point) => point.ServerName)).to.deep.equal(['sup2.test']);
    expect(await list({ serverName: 'sup*', wildcard: false })).to.deep.equal([]);
    expect((await list({ serverName: 'CS1.test', wildcard: false })).map((point) => point.ServerName)).to.deep.equal([
      'cs1.test',
    ]);
  });

  it('have a default that goes only when another takes over, or as the last', async () => {
    await add('sup2.test');
    await add('sup3.test');
    expect(await names()).to.deep.equal(['cs1.test (default)', 'sup2.test', 'sup3.test']);
    expect(await rejectionOf(remove('cs1.test'))).to.equal('DefaultSoftwareUpdatePointNeeded');
    expect(await rejectionOf(remove('cs1.test', { defaultServerName: 'CS1.TEST' }))).to.equal(
      'ContradictoryParameters',
    );
    expect(await rejectionOf(remove('cs1.test', { defaultServerName: 'other.test' }))).to.equal(
      'SoftwareUpdatePointNotFound',
    );
    expect(await remove('cs1.test', { defaultServerName: 'SUP3.test' })).to.deep.equal({
      defaultServerName: 'sup3.test',
    });
    expect(await names()).to.deep.equal(['sup3.test (default)', 'sup2.test']);
    await remove('sup2.test');
    expect(await remove('sup3.test')).to.deep.equal({ defaultServerName: '' });
    expect(await rejectionOf(site().start())).to.equal('NoSoftwareUpdatePoint');
    expect((await add('cs1.test')).softwareUpdatePoint.IsDefault).to.equal(true);
    expect((await site().sync()).Succeeded).to.equal(true);
  });

  it('of another default make the next synchronization a full one, once, and its row and its log name it', async () => {
    site().source.put(update(1));
    await site().sync();
    expect((await site().sync()).Kind).to.equal('Delta');
    await add('sup2.test');
    expect((await site().sync()).Kind).to.equal('Delta');
    await site().set({ defaultWsusServer: 'SUP2.test' });
    expect((await site().component()).Props.find((prop) => prop.PropertyName === 'DefaultWSUS')?.Value2).to.equal(
      'sup2.test',
    );
    site().lines.length = 0;
    expect(await site().sync()).to.include({ Kind: 'Full', Reason: 'the default software update point changed' });
    expect((await site().sync()).Kind).to.equal('Delta');
    expect(site().lines).to.include.members([
      'Found 2 SUPs',
      'Found active SUP SUP2.TEST from SCF File.',
      'Found active SUP CS1.TEST from SCF File.',
      'Full sync required due to changes in main WSUS server location.',
      'Synchronizing WSUS server sup2.test ...',
      'Done synchronizing SMS with WSUS Server sup2.test',
    ]);
    expect(
      (await statuses()).map(({ WSUSServerName, LastSyncState }) => [WSUSServerName, LastSyncState])[0],
    ).to.deep.equal(['sup2.test', 6702]);
  });

  it('that were removed have no row any more, also when they come back', async () => {
    await site().sync();
    await add('sup2.test');
    await remove('cs1.test', { defaultServerName: 'sup2.test' });
    expect((await statuses()).map((row) => row.WSUSServerName)).to.deep.equal(['sup2.test']);
    await add('cs1.test');
    expect((await statuses()).find((row) => row.WSUSServerName === 'cs1.test')?.LastSyncState).to.equal(0);
  });

  it('that do not use the proxy make the synchronization go without it', async () => {
    await site().set({ proxyServer: 'http://proxy.test:8080' });
    expect((await props('cs1.test'))['UseProxy']).to.equal(1);
    const used: string[] = [];
    const createSource = site().context.createSource;
    Object.assign(site().context, {
      createSource: async (settings: Parameters<typeof createSource>[0]) => {
        used.push(settings.proxyServer);
        return createSource(settings);
      },
    });
    await site().sync();
    await set('cs1.test', { useProxy: false });
    await site().sync();
    expect(used).to.deep.equal(['http://proxy.test:8080', '']);
  });

  const REFUSED: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ['a server that has the role', async () => add('CS1.test'), 'SoftwareUpdatePointExists'],
    [
      'a change of one that does not exist',
      async () => set('other.test', { enableSsl: true }),
      'SoftwareUpdatePointNotFound',
    ],
    ['the removal of one that does not exist', async () => remove('other.test'), 'SoftwareUpdatePointNotFound'],
    [
      'a default that does not exist',
      async () => site().set({ defaultWsusServer: 'other.test' }),
      'SoftwareUpdatePointNotFound',
    ],
    [
      'anonymous access with an account',
      async () => set('cs1.test', { anonymousWsusAccess: true, wsusAccessAccount: 'a' }),
      'ContradictoryParameters',
    ],
    [
      'the proxy for rules without the proxy',
      async () => set('cs1.test', { useProxy: false, useProxyForAutoDeploymentRule: true }),
      'ContradictoryParameters',
    ],
    ['one port for both', async () => set('cs1.test', { httpPort: 8531 }), 'ContradictoryParameters'],
  ];
  for (const [what, work, error] of REFUSED) {
    it(`refuse ${what}: ${error}`, async () => {
      const before = await list();
      expect(await rejectionOf(work())).to.equal(error);
      expect(await list()).to.deep.equal(before);
    });
  }

  for (const type of ['Secondary', 'SoftwareUpdatePoint']) {
    it(`of a ${type} are one at most`, async () => {
      Object.assign(site().context.site, { type });
      expect(await rejectionOf(add('sup2.test'))).to.equal('SoftwareUpdatePointLimit');
    });
  }

  it('are changed once, whoever sends the request again', async () => {
    const request = { requestId: newRequestId(), serverName: 'sup2.test' };
    const first = await site().service['sup/add'](request, site().request());
    expect(await site().service['sup/add'](request, site().request())).to.deep.equal(first);
    expect(await names()).to.deep.equal(['cs1.test (default)', 'sup2.test']);
  });
});
