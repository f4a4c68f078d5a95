import { expect } from 'chai';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { Service } from '../../server/contract/generated/types.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { RealSite } from '../process/RealSite.js';

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux('service: its verbs and methods', () => {
  let site: RealSite;
  beforeEach(async () => {
    site = await RealSite.make();
  });
  afterEach(() => site.remove());

  it('prints the unit and the steps, as text and as JSON, and starts no engine for it', async () => {
    const json = await site.json<Service>('service', 'print', '--account', 'nobody');
    expect(json).to.include({
      SiteCode: 'ABC',
      Kind: 'SystemdUnit',
      Account: 'nobody',
      State: 'NotInstalled',
      HeartbeatTime: null,
    });
    const { out } = await site.cli(['service', 'print', '--account', 'nobody']);
    expect(out).to.equal(`${json.Registration}\n${json.Commands.join('\n')}\n`);
    expect(out).to.contain('\nUser=nobody\n').and.to.contain(`"--site-path" "${site.path}"`);
    expect((await site.cli(['service', 'print', '--account', 'no-such-user'])).code).to.equal(2);
    expect(() => site.heartbeat).to.throw('ENOENT');
  });

  it('says what is missing', async () => {
    for (const verb of ['start', 'stop', 'uninstall']) {
      const { code, err } = await site.cli(['service', verb]);
      expect([code, err.split(':')[0]], verb).to.deep.equal([
        1,
        process.getuid?.() === 0 ? 'ServiceNotInstalled' : 'ServiceNeedsAdministrator',
      ]);
    }
    expect((await site.cli(['service'])).code).to.equal(2);
  });

  it('is answered by the relay', async () => {
    const relay = site.start(['stdio']);
    const rpc = createMessageConnection(new StreamMessageReader(relay.stdout!), new StreamMessageWriter(relay.stdin!));
    rpc.listen();
    await rpc.sendRequest('hello', {
      moduleVersion: packageVersion(),
      contract: { minimum: 1, maximum: 1 },
      processId: process.pid,
    });
    const service = await rpc.sendRequest<Service>('service/describe', { action: 'Install' });
    expect([service.SiteCode, service.Commands.length]).to.deep.equal(['ABC', 3]);
    const refused = await rpc
      .sendRequest('service/control', { action: 'Explode', requestId: '0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e' })
      .catch((error: unknown) => error);
    expect(String(refused)).to.contain('action must be Uninstall, Start or Stop');
    expect(String(await rpc.sendRequest('service/nonsense', {}).catch((error: unknown) => error))).to.contain(
      'does not know the method service/nonsense',
    );
    rpc.end();
  });
});
