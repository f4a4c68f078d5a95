import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { text } from 'node:stream/consumers';
import { Agent } from 'undici';
import type { Outcome } from '../../server/notify/Outcome.js';
import { sendWebhook, type WebhookTarget } from '../../server/notify/sendWebhook.js';
import { UTC } from '../../server/schedule/zone.js';
import { TimeLimit } from '../fixtures/TimeLimit.js';
import { sampleAlert, sampleMessage } from './sampleAlerts.js';

describe('The webhook of an alert', () => {
  const posts: { headers: IncomingHttpHeaders; body: string }[] = [];
  let respond: (response: ServerResponse) => void = (response) => response.end('ok');
  let server: Server;
  const dispatcher = new Agent();
  before(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        posts.push({ headers: request.headers, body });
        respond(response);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });

  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const message = sampleMessage([sampleAlert(1)]);
  async function post(more: Partial<WebhookTarget> = {}): Promise<Outcome> {
    posts.length = 0;
    return sendWebhook(message, {
      webhook: `${url()}hook`,
      webhookFormat: 'Json',
      secret: 'key',
      dispatcher,
      zone: UTC,
      now: Date.UTC(2026, 10, 30),
      ...more,
    });
  }

  it('is JSON with an idempotency key, signed over the time and the body', async () => {
    const outcome = await post();
    expect(outcome).to.include({ isDelivered: true });
    expect(outcome.answer).to.match(/answered HTTP 200: ok/);
    const [{ headers, body } = { headers: {}, body: '' }] = posts;
    expect(headers['idempotency-key']).to.equal(message.key);
    expect(JSON.parse(body)).to.have.nested.property('alerts[0].name', 'Alert 1');
    const time = String(Date.UTC(2026, 10, 30) / 1000);
    expect(headers['x-configmgrsync-timestamp']).to.equal(time);
    const digest = createHmac('sha256', 'key').update(`${time}.${body}`).digest('hex');
    expect(headers['x-configmgrsync-signature']).to.equal(`sha256=${digest}`);
    await post({ secret: undefined });
    expect(posts[0]?.headers).to.not.have.property('x-configmgrsync-signature');
  });

  it('is tried again after an error, a redirect, silence or a cut; not where it is gone', async () => {
    const limit = new TimeLimit();
    const answers: readonly [(response: ServerResponse) => void, RegExp, boolean, true?][] = [
      [(response) => response.writeHead(400).end('no text'), /HTTP 400: no text/, false, true],
      [(response) => response.writeHead(429).end(), /HTTP 429/, false],
      [(response) => response.writeHead(500).end('broken\r\nX: y'), /answered HTTP 500: broken X: y/, false],
      [(response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /302, a redirect/, false],
      [(response) => response.writeHead(410).end(), /HTTP 410/, true],
      [(response) => response.destroy(), /could not be used/, false],
      [() => limit.pass(), /did not answer within 30 seconds/, false],
      [(response) => response.writeHead(500).write('x', () => limit.pass()), /did not answer within 30 seconds/, false],
    ];
    for (const [answer, reason, isFinal, isRefused = false] of answers) {
      respond = answer;
      const outcome = await post({ timeLimit: limit.signal });
      expect(outcome).to.include({ isDelivered: false, isFinal, isRefused });
      expect(outcome.answer).to.match(reason);
      expect(posts).to.have.length(1);
    }
  });

  it('says nothing of its address that is not shown, whatever its server says', async () => {
    const secret = 'T0SECRET0%2Fxyz4711';
    const webhook = `${url()}services/${secret}?sig=abcdefghijklmnop`;
    const texts = [
      `Cannot POST /services/${secret}?sig=abcdefghijklmnop`,
      `${webhook} is gone`,
      'no T0SECRET0/xyz4711',
    ];
    for (const status of [200, 404, 410])
      for (const said of texts) {
        respond = (response) => response.writeHead(status).end(said);
        const { answer } = await post({ webhook });
        expect(answer)
          .to.contain('\u2026')
          .and.not.match(/SECRET|abcdefghij/);
      }
  });

  it('has it once it says so, even if its answer is cut or never ends', async () => {
    for (const answer of [
      (response: ServerResponse): void => void response.write('x'),
      (response: ServerResponse): void => void response.write('x', () => response.destroy()),
    ]) {
      respond = answer;
      const limit = new TimeLimit();
      // The time is over once the beginning of the answer is there.
      const onHead = (): void => void setImmediate(() => limit.pass());
      subscribe('undici:request:headers', onHead);
      try {
        expect(await post({ timeLimit: limit.signal })).to.include({ isDelivered: true });
      } finally {
        unsubscribe('undici:request:headers', onHead);
      }
    }
  });

  it('reads no more of an answer that never ends than it shows', async () => {
    respond = (response) => {
      // Node.js 24 calls back at once, and again and again, where the other end has gone.
      const more = (error?: Error | null): void => {
        if (!error && !response.destroyed) response.write('x'.repeat(65_536), more);
      };
      more();
    };
    const outcome = await post();
    expect(outcome.isDelivered).to.equal(true);
    expect(outcome.answer.length).to.be.below(400);
  });
});
