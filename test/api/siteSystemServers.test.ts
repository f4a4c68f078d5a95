import { expect } from 'chai';
import type { SiteSystemSetRequest } from '../../server/contract/generated/types.js';
import { validate } from '../../server/contract/validator.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';

describe('Site system servers', () => {
  const site = testSite();
  const tree = async () => site().service['site/tree']({}, site().request());
  const add = async (serverName: string, params: Partial<SiteSystemSetRequest> = {}) =>
    site().service['siteSystem/add']({ requestId: newRequestId(), serverName, ...params }, site().request());
  const set = async (serverName: string, params: Partial<SiteSystemSetRequest>) =>
    site().service['siteSystem/set']({ requestId: newRequestId(), serverName, ...params }, site().request());
  const props = async (serverName: string) => {
    const server = (await tree()).servers.find((one) => one.ServerName === serverName);
    return Object.fromEntries(
      server?.Props.map((one) => [one.PropertyName, one.Value || one.Value2 || one.Value1]) ?? [],
    );
  };

  it('are the site server and those that were noted, which take the role of a software update point', async () => {
    expect((await add('sup2.test')).warnings).to.deep.equal([]);
    const { servers } = await tree();
    expect(servers.map((server) => [server.ServerName, server.Type])).to.deep.equal([
      ['cs1.test', 2],
      ['sup2.test', 8],
    ]);
    validate('SiteSystemServer', servers[1], 'site/tree');
    await site().service['sup/add']({ requestId: newRequestId(), serverName: 'sup2.test' }, site().request());
  });

  it('keep what is set, in the slots of the product, and say that it has no effect', async () => {
    const { warnings } = await add('sup2.test', { publicFqdn: 'updates.test', enableProxy: true });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^Stored without effect: PublicFqdn, EnableProxy\./);
    await set('SUP2.test', { proxyServerName: 'proxy.test', proxyServerPort: 8080 });
    expect(await props('sup2.test')).to.deep.include({
      'Server Remote Public Name': 'updates.test',
      UseProxy: 1,
      ProxyName: 'proxy.test',
      ProxyServerPort: 8080,
      UseMachineAccount: 1,
    });
    expect((await tree()).servers).to.have.length(2);
  });

  it('may be the site server, which is there already, and the server of a software update point', async () => {
    await set('cs1.test', { fdmOperation: true });
    expect(await props('cs1.test')).to.include({ FDMOperation: 1 });
    await site().service['sup/add']({ requestId: newRequestId(), serverName: 'sup3.test' }, site().request());
    await set('sup3.test', { fdmOperation: true });
    expect((await tree()).servers.map((server) => server.ServerName)).to.deep.equal(['cs1.test', 'sup3.test']);
  });

  it('are not noted twice, and not changed where there is none', async () => {
    await add('sup2.test');
    expect(await rejectionOf(add('SUP2.TEST'))).to.equal('SiteSystemServerExists');
    expect(await rejectionOf(add('cs1.test'))).to.equal('SiteSystemServerExists');
    expect(await rejectionOf(set('nosuch.test', { fdmOperation: true }))).to.equal('SiteSystemServerNotFound');
  });
});
