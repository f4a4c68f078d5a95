import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { EngineClient } from '../../server/relay/EngineClient.js';
import { Random } from '../../server/sample/Random.js';
import { killIfThere } from '../fixtures/killIfThere.js';
import { repetitions } from '../fixtures/repetitions.js';
import { MailListener, type TakenMail } from '../notify/MailListener.js';
import { RealSite } from './RealSite.js';

const seed = Number(process.env['CONFIGMGRSYNC_KILL_SEED'] ?? 20261130);
const kills = repetitions(4, 200);

/** When an engine is killed that delivers an alert; after the second three the receiver has it. */
const MOMENTS = ['MAIL', 'DATA', 'posting', 'taken', 'receipt', 'posted'] as const;
type Moment = (typeof MOMENTS)[number];
const HAVING: ReadonlySet<Moment> = new Set(['taken', 'receipt', 'posted']);

describe(`alerts: ${kills} kills of an engine that delivers (seed ${seed})`, function () {
  this.timeout(1_800_000);
  const random = new Random(seed);
  const events = new EventEmitter();
  const posts: string[] = [];
  /** How many kills there had been when each message was taken, by its Message-ID or key. */
  const taken = new Map<string, number[]>();
  let killed = 0;
  let armed: Moment | undefined;
  let site: RealSite;
  let control: EngineClient;
  let mail: MailListener;
  let hook: Server;

  before(async () => {
    mail = await MailListener.open({
      answer: (command) => (isTime(command) ? '' : undefined),
      onTaken: () => {
        const last = mail.mails.at(-1);
        if (last !== undefined) note(idOf(last));
        events.emit('arrived');
        isTime('taken');
        setImmediate(() => isTime('receipt'));
      },
    });
    hook = createServer((request, response) => {
      if (isTime('posting')) return void response.destroy();
      void text(request).then((body) => {
        if (body.includes('SyncFailure')) {
          posts.push(String(request.headers['idempotency-key']));
          note(String(request.headers['idempotency-key']));
        }
        response.end('fine');
        events.emit('arrived');
        setImmediate(() => isTime('posted'));
      });
    }).listen(0, '127.0.0.1');
    await once(hook, 'listening');
    site = await RealSite.make();
    control = site.client();
    await control.request('notification/set', {
      requestId: randomUUID(),
      smtpServer: '127.0.0.1',
      smtpPort: mail.port,
      smtpSecurity: 'None',
      sender: 'sync@contoso.com',
      digestMinutes: 0,
    });
    await control.request('subscription/add', {
      requestId: randomUUID(),
      name: 'On call',
      emailAddresses: ['oncall@contoso.com'],
      webhookUri: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
    });
    const source = { allProducts: true, allClassifications: true, upstreamSourceLocation: 'http://127.0.0.1:1' };
    await control.request('component/set', { requestId: randomUUID(), ...source });
  });
  after(async () => {
    await site.remove();
    await mail.close();
    hook.closeAllConnections();
    hook.close();
  });

  /** Kills the engine where that is the moment for it. */
  function isTime(moment: string): boolean {
    if (armed !== moment) return false;
    armed = undefined;
    killed += 1;
    killIfThere(site.engineId);
    events.emit('killed');
    return true;
  }

  function note(key: string): void {
    taken.set(key, [...(taken.get(key) ?? []), killed]);
  }

  async function alertOn(isOn: boolean): Promise<void> {
    await control.request('component/set', { requestId: randomUUID(), enableSyncFailureAlert: isOn });
  }

  /** Until each receiver has as many different messages. */
  async function arrived(count: number): Promise<void> {
    while (new Set(ids()).size < count || new Set(posts).size < count) {
      const next = Promise.race([once(events, 'arrived'), once(events, 'killed')]);
      // The next engine goes on where the killed one was.
      await control.request('notification/get', {});
      await next;
    }
  }

  /** Message-IDs of the mails about the synchronization: others come once it has failed several times. */
  function ids(): string[] {
    return mail.mails.filter(({ text: whole }) => /Synchronization failure/.test(whole)).map(idOf);
  }

  it('reach their receivers at least once each, under one key, twice only where the receiver had them', async () => {
    let twice = 0;
    for (let kill = 1; kill <= kills; kill += 1) {
      await alertOn(true);
      armed = random.pick(MOMENTS);
      if (HAVING.has(armed)) twice += 1;
      const { run } = await control.request('sync/start', { requestId: randomUUID() });
      await control.request('run/wait', { id: run.Id });
      await arrived(2 * kill - 1);
      await alertOn(false);
      await arrived(2 * kill);
      expect(armed).to.equal(undefined);
    }
    expect(new Set(ids()).size).to.equal(2 * kills);
    expect(new Set(posts).size).to.equal(2 * kills);
    const more = ids().length + posts.length - 4 * kills;
    expect(more).to.be.at.most(2 * twice);
    // What was taken twice was taken before a kill and after it: each engine sends a message once.
    for (const [key, times] of taken) expect(new Set(times).size, `${key}: ${times.join()}`).to.equal(times.length);
    let left = await control.request('notification/get', {});
    while (left.Waiting > 0) left = await control.request('notification/get', {});
    expect(left.Failed).to.equal(0);
  });
});

function idOf(mail: TakenMail): string {
  return /^Message-ID: *\s*(<[^>]+>)/im.exec(mail.text)?.[1] ?? '';
}
