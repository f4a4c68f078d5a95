import type { IncomingMessage, ServerResponse } from 'node:http';
import { toSyncError } from '../errors/SyncError.js';
import { addressKey } from '../platform/addressKey.js';
import type { EngineService } from '../rpc/requests.js';
import type { Zone } from '../schedule/zone.js';
import { type Answer, EVENT_STREAM, HTML, PLAIN, said, seeOther } from './Answer.js';
import { type Door, FOR_PROGRAMS } from './Door.js';
import type { EngineFacts } from './EngineFacts.js';
import { asking, type Reader } from './PageSource.js';
import type { PageTurns } from './PageTurns.js';
import type { ProgressFeed } from './ProgressFeed.js';
import type { UnreadAnswers } from './UnreadAnswers.js';
import { html } from './html.js';
import { badgeOf } from './badge.js';
import { compressed } from './compressed.js';
import { layOut, type View } from './layout.js';
import { type MetricFacts, metricsText } from './metrics.js';
import { PAGE_CSS, PAGE_ICON, PAGE_JS } from './pageFiles.js';
import { TEXTS } from './texts.js';
import { categoriesView } from './views/categoriesView.js';
import { healthView } from './views/healthView.js';
import { logView } from './views/logView.js';
import { messagesView } from './views/messagesView.js';
import { runView } from './views/runView.js';
import { runsView } from './views/runsView.js';
import { settingsView } from './views/settingsView.js';
import { sitesView } from './views/sitesView.js';
import { updateView } from './views/updateView.js';
import { updatesCsv, updatesView } from './views/updatesView.js';

/** What the page is about, and what all its readers share. */
export interface PageOptions {
  readonly service: EngineService;
  readonly siteCode: string;
  readonly serverName: string;
  readonly zone: Zone;
  readonly now: () => Date;
  readonly log: Reader['log'];
  readonly door: Door;
  readonly turns: PageTurns;
  readonly unread: UnreadAnswers;
  readonly feed: ProgressFeed;
  readonly facts: () => Promise<EngineFacts>;
}

/** When answers that have no end are to end. */
export interface Ending {
  /** Aborted when the port closes. */
  readonly closing: AbortSignal;
}

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * Answers a request for the status page of a site, which shows what its commands show, for reading only. False where
 * the path is none of the page.
 */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  options: PageOptions & Ending,
): Promise<boolean> {
  const url = urlOf(request.url ?? '');
  const route = url === undefined ? undefined : routeOf(url.pathname);
  if (url === undefined || route === undefined) return false;
  const address = addressKey(request.socket.remoteAddress);
  const work = async (): Promise<Answer> => answerOf(request, response, { options, url, route });
  // A form may come slowly, and is soon answered: those who read do not wait for it.
  const answer = request.method === 'POST' ? await work() : await options.turns.take(address, work);
  if (answer === FOLLOWS) return true;
  await send(request, response, { answer: answer ?? BUSY, address, unread: options.unread });
  return true;
}

/** Addresses are read against it; only the path and the query count. */
const BASE = 'http://page.invalid';

/** Paths are taken as they are written: one that is put together of others (`/x/../metrics`) is none of the page. */
function urlOf(text: string): URL | undefined {
  const url = URL.canParse(text, BASE) ? new URL(text, BASE) : undefined;
  return url?.pathname === text.replace(/[?#].*$/s, '') ? url : undefined;
}

/** Stands for an answer that is being given, or that nobody waits for. */
const FOLLOWS = said(200, '');
const BUSY = said(503, TEXTS.errors.busy, { 'retry-after': 10, connection: 'close' });

type Route = (reader: Reader, facts: PageOptions['facts']) => Promise<View | Answer | undefined>;

function routeOf(path: string): Route | undefined {
  const [, list, number] = /^\/(runs|updates)\/(\d{1,15})$/.exec(path) ?? [];
  if (list === 'runs') return async (reader) => runView(reader, Number(number));
  if (list === 'updates') return async (reader) => updateView(reader, Number(number));
  return Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
}

const file =
  (type: string, text: string): Route =>
  async () =>
    Promise.resolve({ status: 200, type, text });

const EVENTS = '/events';

const ROUTES: Readonly<Record<string, Route>> = {
  '/': healthView,
  '/sites': sitesView,
  '/runs': runsView,
  '/updates': updatesView,
  '/updates.csv': async (reader) => {
    const text = await updatesCsv(reader);
    return text === undefined
      ? { status: 400, type: PLAIN, text: `${TEXTS.errors.invalid}\n` }
      : { status: 200, type: 'text/csv; charset=utf-8', text };
  },
  '/metrics': async (reader, facts) => {
    const text = metricsText({ ...(await metricFacts(reader)), engine: await facts() });
    return { status: 200, type: OPEN_METRICS, text };
  },
  '/badge.svg': async ({ ask }) => ({ status: 200, type: 'image/svg+xml', text: badgeOf(await ask('health/get', {})) }),
  '/readyz': async ({ ask }) => ask('site/get', {}).then(() => ({ status: 200, type: PLAIN, text: 'ready\n' })),
  '/categories': categoriesView,
  '/messages': messagesView,
  '/log': logView,
  '/settings': settingsView,
  // Open to everybody: whether the port answers is not a secret.
  '/healthz': file(PLAIN, 'ok\n'),
  // Where there is no room to follow what happens.
  [EVENTS]: async () => Promise.resolve(said(429, TEXTS.errors.following, { 'retry-after': 60 })),
  // A form is sent to these; whoever asks for them without one is led on.
  '/sign-in': async () => Promise.resolve(seeOther('/')),
  '/sign-out': async () => Promise.resolve(seeOther('/')),
  '/icon.svg': file('image/svg+xml', PAGE_ICON),
  '/page.css': file('text/css; charset=utf-8', PAGE_CSS),
  '/page.js': file('text/javascript; charset=utf-8', PAGE_JS),
};

interface Asked {
  readonly options: PageOptions & Ending;
  readonly url: URL;
  readonly route: Route;
}

async function answerOf(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<Answer> {
  const { service, zone, door, log, facts, ...frame } = asked.options;
  // Whoever left while others had their turn.
  if (response.destroyed) return FOLLOWS;
  const guest = await door.open({ request, url: asked.url });
  if ('status' in guest) return guest;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return said(405, TEXTS.errors.method, { allow: 'GET, HEAD', connection: 'close' });
  if (asked.url.pathname === EVENTS && request.method === 'HEAD') {
    response.writeHead(200, { ...HEADERS, 'content-type': EVENT_STREAM }).end();
    return FOLLOWS;
  }
  if (asked.url.pathname === EVENTS) {
    const follower = { guest, headers: HEADERS, closing: asked.options.closing };
    if (asked.options.feed.follow(request, response, follower)) return FOLLOWS;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const now = frame.now();
  const reader = { ask: asking(service, gone.signal), query: asked.url.searchParams, zone, now, log };
  const found = await asked.route(reader, facts).catch((caught: unknown) => refused(caught, asked.url.pathname));
  if (found !== undefined && 'text' in found) return found;
  const view = found ?? { title: TEXTS.errors.title, status: 404, body: html`<p>${TEXTS.errors.notFound}</p>` };
  const { isSignedIn } = guest;
  const text = layOut(view, { ...frame, zone, now, isSignedIn }, asked.url.pathname);
  return { status: view.status ?? 200, type: HTML, text };
}

async function metricFacts({ ask }: Reader): Promise<Omit<MetricFacts, 'engine'>> {
  // The newest may be under way.
  const { runs } = await ask('run/list', { newest: 2 });
  const site = await ask('site/get', {});
  const health = await ask('health/get', {});
  const version = site.ConfigMgrSyncVersion ?? '';
  return { version, health, lastRun: runs.find(({ State }) => State !== 'Running'), memory: process.memoryUsage.rss() };
}

/** Errors that are the reader's. */
const STATUS: Readonly<Record<string, number>> = { RunNotFound: 404, InvalidRequest: 400 };

/** What the engine refuses, or finds damaged, is said on the page as a command would say it. */
function failed(caught: unknown): View {
  const error = toSyncError(caught, 'the status page');
  const status = STATUS[error.errorId] ?? 500;
  return {
    title: TEXTS.errors.title,
    status,
    body: html`<p>${error.message}</p>
      <p>${error.nextStep}</p>`,
  };
}

/** A program, which asks again later, is told so in its own form. */
function refused(caught: unknown, path: string): View | Answer {
  if (!FOR_PROGRAMS.has(path)) return failed(caught);
  const { message, nextStep } = toSyncError(caught, 'the status page');
  return said(503, `${message} ${nextStep}`);
}

/** An answer with who gets it. */
interface Letter {
  readonly answer: Answer;
  readonly address: string;
  readonly unread: UnreadAnswers;
}

async function send(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { answer, address, unread }: Letter,
): Promise<void> {
  const { status, type, text } = answer;
  const plain = Buffer.from(text);
  const packed = await compressed(plain, headers['accept-encoding']);
  const body = packed ?? plain;
  response.writeHead(status, {
    ...HEADERS,
    vary: 'accept-encoding',
    ...(packed === undefined ? {} : { 'content-encoding': 'gzip' }),
    ...answer.headers,
    'content-type': type,
    'content-length': body.length,
  });
  if (!response.destroyed) unread.add({ address, response, bytes: body.length });
  response.end(method === 'HEAD' ? undefined : body);
}
