import { Agent, request } from 'node:https';
import { get as getPlain, type IncomingMessage, type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import type { Health, Run, RunProgress } from '../../server/contract/generated/types.js';
import { openPage } from '../../server/page/openPage.js';
import { secretHash } from '../../server/platform/secretHash.js';
import type { EngineService } from '../../server/rpc/requests.js';
import { UTC } from '../../server/schedule/zone.js';
import { TestClock } from '../fixtures/TestClock.js';
import { labPort } from '../downstream/labPort.js';
import { siteCertificate } from '../link/siteCertificate.js';
import type { Cleanup } from '../upstream/harness.js';

/** An answer that was read to its end. */
export interface Read {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

const HEALTH = {
  SiteCode: 'ABC',
  Status: 'Well',
  ExitCode: 0,
  Summary: 'All is well.',
  Time: '2026-11-29T12:00:00.000Z',
  SoftwareUpdatePoints: [],
  Actions: [],
} as const satisfies Health;

const PROGRESS: RunProgress = {
  RunId: 7,
  State: 'Running',
  Phase: 'Updates',
  Activity: 'Fetching updates',
  Processed: 0,
  Total: 1000,
  PercentComplete: 0,
};

/** What a page asks an engine for, of a site that has nothing. */
const ANSWERS: Readonly<Record<string, object>> = {
  'health/get': HEALTH,
  'status/get': { status: [] },
  'run/list': { runs: [] },
  'site/tree': { sites: [], servers: [] },
  'site/get': { ConfigMgrSyncVersion: '1.2.3' },
  'alert/list': { alerts: [] },
  'message/list': { messages: [] },
};

/** The status page at a real port with TLS, over an engine that answers what it is told to. */
export class PageLab {
  readonly tokens = new Map<string, string>();
  readonly lines: string[] = [];
  readonly health: Health = HEALTH;
  operations = [{ operation: 'GetCookie', served: 2, refused: 1 }];
  /** ms since 1970 */
  time = Date.UTC(2026, 10, 29, 12);
  /** Asked instead of the answers above. */
  onAsk: ((method: string) => Promise<object> | undefined) | undefined;
  readonly clock = new TestClock();
  /** The synchronization under way. */
  run: Run | undefined;
  #watchers = new Set<(progress: RunProgress) => void>();
  port = 0;
  /** Readers who have left before they had all of their answer. */
  left = 0;
  close: () => Promise<void> = async () => Promise.resolve();
  readonly #agent = new Agent({ rejectUnauthorized: false, keepAlive: false });

  async open(cleanup: Cleanup): Promise<this> {
    const page = openPage({
      service: this.#service(),
      siteCode: 'ABC',
      serverName: 'cm01.contoso.com',
      zone: UTC,
      now: () => new Date(this.time),
      tell: (line) => this.lines.push(line),
      progress: { clock: this.clock, watch: (watcher) => this.#watch(watcher), current: () => this.run },
      log: async function* () {},
      facts: async () =>
        Promise.resolve({ updates: 3, documents: 4, storeBytes: 5, operations: this.operations, loopDelay: 0.25 }),
      tokens: {
        accept: async (token) => Promise.resolve(this.tokens.has(token) ? secretHash(token) : undefined),
        isAccepted: async (hash) =>
          Promise.resolve([...this.tokens.keys()].some((token) => secretHash(token) === hash)),
      },
    });
    const certificate = await siteCertificate();
    const listener = await labPort(cleanup)(
      async (incoming, response, work) => {
        response.once('close', () => (this.left += Number(!response.writableFinished)));
        if (!(await page(incoming, response, work))) response.writeHead(404, { connection: 'close' }).end();
      },
      { certificate },
    );
    this.port = listener.address.port;
    this.close = async () => listener.close();
    return this;
  }

  /** Asks over https under the name of the machine, as somebody elsewhere does. */
  async ask(path: string, headers: OutgoingHttpHeaders = {}, form?: Readonly<Record<string, string>>): Promise<Read> {
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const options: RequestOptions = {
      port: this.port,
      host: '127.0.0.1',
      path,
      method: body === undefined ? 'GET' : 'POST',
      headers: { host: 'cm01.contoso.com:8531', ...type, ...headers },
    };
    return new Promise((resolve, reject) => {
      request({ ...options, agent: this.#agent }, (response) => void readAll(response).then(resolve, reject))
        .on('error', reject)
        .end(body);
    });
  }

  /** Asks over plain HTTP. */
  async askPlain(path: string, headers: OutgoingHttpHeaders = {}): Promise<Read> {
    return new Promise((resolve, reject) => {
      const options = { port: this.port, host: '127.0.0.1', path, headers, agent: false };
      getPlain(options, (response) => void readAll(response).then(resolve, reject)).on('error', reject);
    });
  }

  /** Signs in; gives the header that a browser sends from then on. */
  async signIn(token: string): Promise<{ readonly cookie: string }> {
    const { headers } = await this.ask('/sign-in', {}, { token });
    return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
  }

  /** How many listen to the engine. */
  get watchers(): number {
    return this.#watchers.size;
  }

  /** Tells of progress as an engine does. */
  progress(change: Partial<RunProgress>): void {
    for (const watcher of this.#watchers) watcher({ ...PROGRESS, ...change });
  }

  /** Opens the stream of events on this machine; the cleanup of its port ends it. */
  async follow(headers: OutgoingHttpHeaders = { host: 'localhost' }): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { port: this.port, host: '127.0.0.1', path: '/events', headers, agent: false };
      getPlain(options, resolve).on('error', reject);
    });
  }

  /** The same over https, with the cookie of somebody who is signed in. */
  async followSecurely(headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { port: this.port, host: '127.0.0.1', path: '/events', agent: this.#agent };
      const all = { host: 'cm01.contoso.com:8531', ...headers };
      request({ ...options, headers: all }, resolve)
        .on('error', reject)
        .end();
    });
  }

  /** Waits until something is so, a turn of the event loop after the other. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
  }

  #watch(watcher: (progress: RunProgress) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #service(): EngineService {
    const answer = (method: string) => async () => this.onAsk?.(method) ?? Promise.resolve(ANSWERS[method]);
    return Object.fromEntries(
      Object.keys(ANSWERS).map((method) => [method, answer(method)]),
    ) as unknown as EngineService;
  }
}

async function readAll(response: IncomingMessage): Promise<Read> {
  const pieces: Buffer[] = [];
  for await (const piece of response as AsyncIterable<Buffer>) pieces.push(piece);
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(pieces).toString() };
}
