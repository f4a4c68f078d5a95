import { expect } from 'chai';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { updateKey } from '../../server/api/sites.js';
import { authorityOf, decodeJoinToken } from '../../server/link/JoinToken.js';
import { type DialOptions, dialParent } from '../../server/link/dialParent.js';
import { LINK_METHODS } from '../../server/link/linkContract.js';
import { createNodeKey, signProof } from '../../server/link/nodeKey.js';
import { systemClock } from '../../server/platform/Clock.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { caughtFrom } from '../rpc/caught.js';
import { forged, type LabSite, LinkLab, reportOf, stateOf } from './LinkLab.js';

describe('site link: bad input is refused with its reason in both logs, others are undisturbed', () => {
  let lab: LinkLab;
  let top: LabSite;
  beforeEach(async () => {
    lab = new LinkLab();
    top = await lab.site('CS1', { type: 'CAS' });
  });
  afterEach(async () => lab.remove());

  /** What dials as a node of the parent whose token is given. */
  const dialling = (token: string, change: Partial<DialOptions> = {}): DialOptions => {
    const { siteCode, address, ca } = decodeJoinToken(token);
    return {
      parent: { siteCode, address, authority: authorityOf({ ca }) },
      node: { siteCode: 'PS9', serverName: 'ps9.test' },
      version: packageVersion(),
      clock: systemClock,
      log: () => undefined,
      ...change,
    };
  };

  it('tokens: garbage, wrong, used, expired, of another authority, of a dead address', async () => {
    const token = await top.token();
    for (const text of [
      '',
      'x y!',
      token.slice(0, 100),
      forged(token, { v: 2 }),
      forged(token, { address: 'http://127.0.0.1:1' }),
      forged(token, { ca: 'AAAA' }),
      forged(token, { secret: 7 }),
    ]) {
      expect((await caughtFrom(lab.folder('PS1', { token: text }))).errorId, text).to.equal('JoinTokenInvalid');
    }
    expect((await caughtFrom(lab.folder('PS1', { token: '' }))).message).to.contain('it is empty');
    expect((await caughtFrom(lab.folder('PS1', { token: 'x'.repeat(20_000) }))).message).to.contain('it is longer');
    expect(
      (await caughtFrom(lab.folder('PS1', { token: forged(token, { secret: 'ab'.repeat(32) }) }))).errorId,
    ).to.equal('JoinTokenRefused');
    expect(
      (await caughtFrom(lab.folder('PS1', { token: forged(token, { expires: '2020-01-01T00:00:00.000Z' }) }))).errorId,
    ).to.equal('JoinTokenExpired');
    const other = await lab.site('CS2', { type: 'CAS' });
    expect(
      (await caughtFrom(lab.folder('PS1', { token: forged(token, { ca: decodeJoinToken(await other.token()).ca }) })))
        .errorId,
    ).to.equal('ParentNotTrusted');
    expect(
      (await caughtFrom(lab.folder('PS1', { token: forged(token, { address: 'https://127.0.0.1:1' }) }))).errorId,
    ).to.equal('ParentUnreachable');
    await lab.site('PS1', { token });
    expect((await caughtFrom(lab.folder('PS2', { token }))).errorId).to.equal('JoinTokenRefused');
    await lab.stop();
    expect(
      top
        .lines()
        .filter((line) =>
          line.includes(
            'refused a connection from PS2 (ps2.test): The site CS1 does not know the join token, or it was already ' +
              'used',
          ),
        ),
    ).to.have.length(1);
  });

  it('a node of another major version, on both sides', async () => {
    const refused = await caughtFrom(dialParent(dialling(await top.token(), { version: '99.0.0' })));
    expect([refused.errorId, refused.data['theirs'], refused.data['ours']]).to.deep.equal([
      'LinkVersionMismatch',
      '99.0.0',
      packageVersion(),
    ]);
    await lab.stop();
    expect(
      top
        .lines()
        .some((line) =>
          line.includes('refused a connection from PS9 (ps9.test): The site PS9 has ConfigMgrSync 99.0.0'),
        ),
    ).to.equal(true);
  });

  it('a clock that is ahead: minutes are a warning in both logs, hours are refused', async () => {
    const token = await top.token();
    const lines: string[] = [];
    const ahead = (minutes: number): Partial<DialOptions> => ({
      log: (line) => lines.push(line),
      clock: { ...systemClock, now: () => new Date(Date.now() + minutes * 60_000) },
    });
    const { channel } = await dialParent(dialling(token, ahead(5)));
    channel.end();
    expect(lines.join()).to.match(
      /the clock of PS9 \(ps9.test\) is (299|300|301) seconds ahead of that of its parent CS1/,
    );
    expect((await caughtFrom(dialParent(dialling(token, ahead(90))))).errorId).to.equal('LinkClockAhead');
    await lab.stop();
    expect(
      top.lines().some((line) => /warning: the clock of PS9 \(ps9.test\) is \d+ seconds ahead/.test(line)),
    ).to.equal(true);
    expect(
      top.lines().some((line) => line.includes('The clock of PS9 (ps9.test) is 90 minutes ahead of its parent CS1')),
    ).to.equal(true);
  });

  it('garbage on the port, plain, in TLS, in the WebSocket and in its frames', async () => {
    const child = await lab.site('PS1', { token: await top.token() });
    await top.connected('PS1');
    const { authority } = dialling(await top.token()).parent;
    for (const bytes of ['\0\u0001\u0002 no HTTP', '\u0016\u0002\u0003\u0004 no TLS handshake']) {
      const socket = connect(top.port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
      await once(socket.resume(), 'close');
    }
    const inside = connectTls({ port: top.port, host: '127.0.0.1', ca: [authority] }, () =>
      inside.write('\0\u0001\u0002 no HTTP'),
    );
    await once(inside.resume(), 'close');
    for (const send of [
      (socket: WebSocket) => socket.send('no JSON-RPC\r\n\r\n'),
      (socket: WebSocket) => socket.send('Content-Length: 5\r\n\r\n{{{{{'),
      (socket: WebSocket) => socket.send(Buffer.alloc(9 * 1024 * 1024)),
      (socket: WebSocket) => socket.send(`Content-Length: 999999999\r\n\r\n${'x'.repeat(100_000)}`),
    ]) {
      const socket = new WebSocket(`wss://127.0.0.1:${top.port}/ConfigMgrSync/link`, { ca: [authority] });
      await once(socket, 'open');
      socket.on('error', () => undefined);
      send(socket);
      await once(socket, 'close');
    }
    const elsewhere = new WebSocket(`wss://127.0.0.1:${top.port}/other`, { ca: [authority] });
    expect(String((await once(elsewhere, 'error'))[0])).to.contain('404');
    expect(top.host.children.nodes().map((node) => [node.siteCode, node.connected])).to.deep.equal([['PS1', true]]);
    void top.host.children.publishTo(1, stateOf(1, 3));
    await child.state((state) => state.request?.id === 3);
    await lab.stop();
    expect(
      top.lines().filter((line) => line.startsWith('Site link: refused a connection from 127.0.0.1: ')),
    ).to.have.length.at.least(6);
  });

  it('whoever has proved nothing sends 64 KB at most, in one frame, in pings or in pieces without end', async () => {
    const { authority } = dialling(await top.token()).parent;
    // Six bytes each: twice as many as there is room for.
    const many = 22_000;
    const sent: readonly (readonly [times: number, send: (socket: WebSocket) => void])[] = [
      // Within the longest message of a node, and far beyond what a stranger may send; the rest is never kept.
      [1, (socket) => socket.send(Buffer.alloc(7 * 1024 * 1024))],
      // Cut off earlier, by the library that answers them.
      [many, (socket) => socket.ping()],
      [many, (socket) => socket.send('', { fin: false })],
    ];
    for (const [times, send] of sent) {
      const socket = new WebSocket(`wss://127.0.0.1:${top.port}/ConfigMgrSync/link`, { ca: [authority] });
      await once(socket, 'open');
      socket.on('error', () => undefined);
      const closed = once(socket, 'close');
      for (let time = 0; time < times; time += 1) send(socket);
      await closed;
    }
    await lab.stop();
    expect(top.lines().filter((line) => line.includes('too much before its proof'))).to.have.length(2);
  });

  it('nothing that has not proved itself has an effect', async () => {
    const child = await lab.site('PS1', { token: await top.token() });
    await top.connected('PS1');
    const token = await top.token();
    const before = top.host.nodes.all().length;
    const { channel } = await dialParent(dialling(token));
    expect(
      (await caughtFrom(channel.request(LINK_METHODS.claim, { siteCode: 'X01' }, 'link.claim.result'))).errorId,
    ).to.equal('LinkRefused');
    const key = createNodeKey();
    expect(
      (
        await caughtFrom(
          channel.request(LINK_METHODS.rotateKey, { publicKey: key.publicKey, signature: 'AAAA' }, 'link.empty'),
        )
      ).errorId,
    ).to.equal('LinkRefused');
    await channel.notify(LINK_METHODS.report, reportOf('PS1', 99));
    expect((await channel.ended).errorId).to.equal('LinkRefused');
    const second = await dialParent(dialling(token));
    const facts = { nonce: second.hello.nonce, siteCode: 'CS1', nodeId: 1, binding: second.channel.binding };
    expect(
      (
        await caughtFrom(
          second.channel.request(
            LINK_METHODS.authenticate,
            { nodeId: 1, signature: signProof(key.privateKey, facts) },
            'link.empty',
          ),
        )
      ).errorId,
    ).to.equal('LinkRefused');
    await second.channel.ended;
    expect([
      top.host.nodes.all().length,
      top.host.children.nodes()[0]?.lastReport,
      child.host.parent?.connected,
    ]).to.deep.equal([before, undefined, true]);
  });

  it('a revoked child is cut off while it is connected, and stays out', async () => {
    const child = await lab.site('PS1', { token: await top.token() });
    const other = await lab.site('PS2', { token: await top.token() });
    await top.connected('PS1');
    await other.parentIs(true);
    await child.parentIs(true);
    const cut = child.parentIs(false);
    await top.revoke('PS1');
    await cut;
    expect(top.host.children.nodes().map((node) => [node.siteCode, node.connected])).to.deep.equal([['PS2', true]]);
    await child.stop();
    expect(
      child.lines().some((line) => /no connection to the parent CS1: The site CS1 revoked PS1 \(ps1.test\)/.test(line)),
    ).to.equal(true);
    expect((await caughtFrom(top.revoke('PS1'))).errorId).to.equal('ChildSiteNotFound');
    expect((await lab.folder('PS1', { token: await top.token(), folder: 'anew' })).site.type).to.equal('Primary');
    await top.stop();
    expect(top.lines()).to.include('Site link: PS1 (ps1.test) was revoked.');
  });

  it('a child that floods is cut off with the reason; others are served', async () => {
    const child = await lab.site('PS1', { token: await top.token() });
    const other = await lab.site('PS2', { token: await top.token() });
    await other.parentIs(true);
    await child.parentIs(true);
    const record = child.host.parent?.parent;
    await child.stop();
    expect(record).not.to.equal(undefined);
    const { channel, hello } = await dialParent(
      dialling(await top.token(), { node: { siteCode: 'PS1', serverName: 'ps1.test' } }),
    );
    const facts = { nonce: hello.nonce, siteCode: 'CS1', nodeId: record?.nodeId ?? 0, binding: channel.binding };
    await channel.request(
      LINK_METHODS.authenticate,
      { nodeId: facts.nodeId, signature: signProof(record?.privateKey ?? '', facts) },
      'link.empty',
    );
    await Promise.all(
      Array.from({ length: 400 }, async (_none, index) =>
        channel.notify(LINK_METHODS.report, reportOf('PS1', index)).catch(() => undefined),
      ),
    );
    expect((await channel.ended).errorId).to.equal('LinkFlooded');
    void top.host.children.publishTo(2, stateOf(1, 4));
    await other.state((state) => state.request?.id === 4);
    await top.stop();
    expect(
      top
        .lines()
        .some((line) =>
          line.includes('PS1 (ps1.test) sent more than its parent CS1 accepts: more than 5 messages a second'),
        ),
    ).to.equal(true);
  });

  it('of two connections of one node the newest counts', async () => {
    const child = await lab.site('PS1', { token: await top.token() });
    await child.parentIs(true);
    const record = child.host.parent?.parent;
    const cut = child.parentIs(false);
    const { channel, hello } = await dialParent(
      dialling(await top.token(), { node: { siteCode: 'PS1', serverName: 'ps1.test' } }),
    );
    const facts = { nonce: hello.nonce, siteCode: 'CS1', nodeId: 1, binding: channel.binding };
    await channel.request(
      LINK_METHODS.authenticate,
      { nodeId: 1, signature: signProof(record?.privateKey ?? '', facts) },
      'link.empty',
    );
    await cut;
    expect(top.host.children.nodes()[0]?.connected).to.equal(true);
    channel.end();
    await top.node('PS1', (node) => !node.connected);
    await child.stop();
    expect(
      child.lines().some((line) => line.includes('A newer connection of PS1 (ps1.test) has replaced this one')),
    ).to.equal(true);
  });

  it('a key is rotated on both sides; the one before is worth nothing', async () => {
    const child = await lab.site('PS1', { token: await top.token() });
    await child.parentIs(true);
    const before = child.host.parent?.parent.privateKey ?? '';
    const leaf = (await child.host.certificates([])).leaf.certificate;
    const { changed } = await updateKey(child.parts);
    expect(changed).to.deep.equal(['NodeKey', 'Certificate']);
    expect((await child.host.certificates([])).leaf.certificate).not.to.equal(leaf);
    await child.stop();
    await child.start();
    await child.parentIs(true);
    const { channel, hello } = await dialParent(dialling(await top.token()));
    const facts = { nonce: hello.nonce, siteCode: 'CS1', nodeId: 1, binding: channel.binding };
    expect(
      (
        await caughtFrom(
          channel.request(LINK_METHODS.authenticate, { nodeId: 1, signature: signProof(before, facts) }, 'link.empty'),
        )
      ).errorId,
    ).to.equal('LinkRefused');
  });
});
