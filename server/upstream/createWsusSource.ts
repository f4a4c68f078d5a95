import { abortableSleep, Retrier, type RetryDeps, type RetryPolicy } from './Retrier.js';
import { Authorizer, WsusSession } from './WsusSession.js';
import { chooseProxy, type Environment } from './proxy.js';
import { contentAccess, createDispatcher } from './dispatchers.js';
import { FileFetcher } from './FileFetcher.js';
import { DEFAULT_TIMEOUT_MS, MICROSOFT_UPDATE_URL, parseUpstreamUrl, type SourceSettings } from './SourceSettings.js';
import { SoapCaller } from './SoapCaller.js';
import { SoapTransport } from './SoapTransport.js';
import { answerReader, type AnswerReader, type CabinetReader } from './readAnswer.js';
import type { Source } from './Source.js';
import { WsusSource } from './WsusSource.js';

/**
 * What a source takes from outside. `answers`, `env`, `sleep`, `timeLimit`, `retry` and `maxResponseBytes` have
 * defaults that production uses.
 */
export interface SourceDeps {
  /** Asked for when the first cabinet comes. */
  readonly cabinets: () => Promise<CabinetReader>;
  /** Who reads the documents of answers; the source itself if not given. */
  readonly answers?: AnswerReader | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly env?: Environment;
  readonly sleep?: RetryDeps['sleep'];
  /** A signal that ends a call after so many ms. */
  readonly timeLimit?: (ms: number) => AbortSignal;
  readonly retry?: RetryPolicy;
  readonly maxResponseBytes?: number;
  /** In which form answers are asked for. If not given: in gzip, but plain from this machine. */
  readonly encoding?: 'gzip' | 'identity';
  /** Is told of each attempt of a call as it begins; what it gives is called at its end. */
  readonly onCall?: (operation: string) => () => void;
}

/** One document of 47 MB escaped with room; three answers may be under way. */
const MAX_RESPONSE_BYTES = 128 * 1024 * 1024;

/**
 * A source that speaks MS-WSUSSS with Microsoft Update or any WSUS. Connects on `open`; throws at once for settings
 * that cannot work.
 */
export function createWsusSource(settings: SourceSettings, deps: SourceDeps): Source {
  const base = parseUpstreamUrl(settings.url ?? MICROSOFT_UPDATE_URL);
  const proxy = chooseProxy(base, settings, deps.env ?? process.env);
  const transport = new SoapTransport({
    dispatcher: createDispatcher(base, settings, proxy),
    url: base.href.replace(/\/$/, ''),
    proxy,
    timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    timeLimit: deps.timeLimit,
    maxResponseBytes: deps.maxResponseBytes ?? MAX_RESPONSE_BYTES,
    soap: '1.1',
    clock: deps.clock,
    encoding: deps.encoding,
    onCall: deps.onCall,
  });
  const retrier = new Retrier({ random: deps.random, sleep: deps.sleep ?? abortableSleep }, deps.retry);
  const caller = new SoapCaller(base, transport, retrier);
  const session = new WsusSession(
    new Authorizer(caller, { accountName: settings.accountName, accountGuid: settings.accountGuid }),
    deps.clock,
  );
  const files = new FileFetcher({
    ...contentAccess(base, settings, deps.env ?? process.env),
    timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  });
  const answers = deps.answers ?? answerReader(deps);
  return new WsusSource({ name: settings.name ?? nameOf(base), caller, session, answers, files });
}

/** What SMS_SUPSyncStatus shows as the source. */
function nameOf(base: URL): string {
  return /(^|\.)update\.microsoft\.com$/i.test(base.hostname) ? 'Microsoft Update' : base.hostname;
}
