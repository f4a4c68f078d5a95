import { expect } from 'chai';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { checkListenPlan } from '../../../server/downstream/port/listen.js';
import { parseGetAuthConfigResponse, writeGetAuthConfigRequest } from '../../../server/wire/getAuthConfig.js';
import { SERVER_SYNC_PATH } from '../../../server/wire/operations.js';
import { ended, RealSite } from '../RealSite.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describe('service: where it may listen', () => {
  it('is loopback, or the address that was said', () => {
    expect(checkListenPlan({ port: 8530 })).to.deep.equal({ host: '127.0.0.1', port: 8530 });
    for (const host of ['localhost', '::1', '[::1]', '127.0.0.9'])
      expect(checkListenPlan({ port: 1, host }).host).to.equal(host.replace(/[[\]]/g, ''));
    for (const host of ['0.0.0.0', '::', 'wsus.contoso.com', '10.0.0.1']) {
      expect(checkListenPlan({ port: 1, host }).host).to.equal(host);
    }
    for (const wrong of [
      { port: 65_536 },
      { port: 1.5 },
      { port: 1, host: 'a b' },
      { port: 1, host: '--x', allowHttp: true },
      { port: 1, addressShare: 0 },
      { port: 1, addressShare: 100.5 },
    ]) {
      expect(() => checkListenPlan(wrong))
        .to.throw()
        .with.property('errorId', 'InvalidRequest');
    }
  });
});

describeElsewhere('service: serve with a port', () => {
  let site: RealSite;
  beforeEach(async () => {
    site = await RealSite.make();
  });
  afterEach(() => site.remove());

  it('answers downstream servers until it ends, says where', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const serve = await site.serve(['--port', '0', '--address-share', '1']);
      const { address } = site.heartbeat;
      expect(site.log).to.contain(`Serves downstream servers on ${address}.`);
      const answer = await request(`${address}/${SERVER_SYNC_PATH}`, {
        method: 'POST',
        body: writeGetAuthConfigRequest('1.1'),
      });
      expect(parseGetAuthConfigResponse(Buffer.from(await answer.body.arrayBuffer())).plugIns).to.have.length(1);
      await crowdOut(Number(new URL(address).port));
      expect(await ended(serve, signal)).to.equal(0);
      expect(site.heartbeat).to.include({ state: 'Ended', address: '' });
      expect((await caughtFromRequest(address)).code).to.equal('ECONNREFUSED');
    }
  });

  it('refuses what it may not, before anything starts', async () => {
    const open = await site.cli(['serve', '--port', '0', '--host', 'a b']);
    expect([open.code, open.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 2 && err.includes('is not an address to listen on'),
    );
    expect((await site.cli(['serve', '--allow-http'])).err).to.contain('need --port');
    expect((await site.cli(['serve', '--address-share', '50'])).err).to.contain('need --port');
    const share = await site.cli(['serve', '--port', '0', '--address-share', '101']);
    expect([share.code, share.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 2 && err.includes('--address-share must be 1 to 100.'),
    );
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const late = await site.cli(['serve', '--port', String(port)]);
    expect([late.code, late.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && err.includes(String(port)),
    );
    expect(site.heartbeat.state).to.equal('Ended');
    taken.close();
    expect(await site.json('status')).to.be.an('array');
  });
});

/** Fulfilled when the first of 41 connections has made room: one address has 1 of 100 of 4,000 places. */
async function crowdOut(port: number): Promise<void> {
  const first = connect(port, '127.0.0.1').resume();
  await once(first, 'connect');
  const others = Array.from({ length: 40 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await once(first, 'close');
  for (const other of others) other.destroy();
}

async function caughtFromRequest(address: string): Promise<{ code?: string }> {
  return request(address).then(
    () => ({}),
    (caught: unknown) => caught as { code?: string },
  );
}
