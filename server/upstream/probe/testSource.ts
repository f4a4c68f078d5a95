import type { SourceTest } from '../../contract/generated/types.js';
import { toSyncError } from '../../errors/SyncError.js';
import type { Source } from '../Source.js';
import { MICROSOFT_UPDATE_URL, parseUpstreamUrl, type SourceSettings } from '../SourceSettings.js';
import { createWsusSource, type SourceDeps } from '../createWsusSource.js';
import { trustedRoots } from '../dispatchers.js';
import { chooseProxy } from '../proxy.js';
import { type StageFinding, StageRecorder } from './StageRecorder.js';
import { testConnection } from './testConnection.js';

const ALL = [
  'GetAuthConfig',
  'GetAuthorizationCookie',
  'GetCookie',
  'GetConfigData',
  'GetRevisionIdList',
  'GetUpdateData',
] as const;

/** How the calls are made: without repeating, and each is timed. */
interface CallTest {
  readonly settings: SourceSettings;
  readonly deps: Omit<SourceDeps, 'retry' | 'onCall'>;
  readonly url: string;
  readonly signal: AbortSignal;
  /** ms that only rise. */
  readonly clock: () => number;
}

/**
 * The stages of MS-WSUSSS: authorization, configuration, the list of the categories and the document of one of them.
 * Nothing is stored.
 */
async function testCalls(recorder: StageRecorder, test: CallTest): Promise<void> {
  if (recorder.hasFailed) {
    for (const operation of ALL) recorder.skip(operation, test.url, 'An earlier stage failed.');
    return;
  }
  const times = new Map<string, number>();
  const source = createWsusSource(test.settings, {
    ...test.deps,
    retry: { attempts: 1, baseMs: 0, capMs: 0, retryAfterCapMs: 0 },
    onCall: (operation) => {
      const start = test.clock();
      return () => void times.set(operation, (times.get(operation) ?? 0) + test.clock() - start);
    },
  });
  const findings: Record<string, StageFinding> = {};
  let error: unknown;
  try {
    await callAll(source, findings, test.signal);
  } catch (caught) {
    error = caught;
  } finally {
    await source.close();
  }
  recordCalls(recorder, { url: test.url, times, findings, error });
}

/** Makes the calls one after the other, and notes what each has come to. */
async function callAll(source: Source, findings: Record<string, StageFinding>, signal: AbortSignal): Promise<void> {
  const config = await source.open('', signal);
  findings['GetConfigData'] = {
    Detail:
      `Protocol ${config.protocolVersion}, at most ${config.maxUpdatesPerRequest} updates a ` +
      `request, ${config.languages.length} languages`,
  };
  const { revisions } = await source.listRevisions(
    { config: true, anchor: '', categories: [], classifications: [], languages: [] },
    signal,
  );
  findings['GetRevisionIdList'] = { Detail: `${revisions.length} categories and detectoids` };
  const { documents, failed } = await source.fetchDocuments(revisions.slice(0, 1), signal);
  const size = documents.reduce((sum, document) => sum + document.xml.length, 0);
  findings['GetUpdateData'] = {
    Detail:
      failed.length === 0
        ? `${documents.length} document, ${size} bytes`
        : `It did not deliver the document: ${failed[0]?.reason ?? ''}`,
  };
}

/** What the calls have come to; `times` in ms, of those that were made. */
interface CallResults {
  readonly url: string;
  readonly times: ReadonlyMap<string, number>;
  readonly findings: Readonly<Record<string, StageFinding>>;
  /** What ended them early. */
  readonly error: unknown;
}

function recordCalls(recorder: StageRecorder, { url, times, findings, error }: CallResults): void {
  // The last call that was made is the one that failed, or whose answer could not be used.
  const last = [...times.keys()].at(-1);
  for (const operation of ALL) {
    const seconds = (times.get(operation) ?? 0) / 1000;
    if (!times.has(operation))
      recorder.skip(operation, url, error === undefined ? 'There is nothing to request.' : 'An earlier stage failed.');
    else if (error !== undefined && operation === last)
      recorder.fail(operation, url, { seconds, error: toSyncError(error, `the call ${operation}`) });
    else recorder.pass(operation, url, { seconds, finding: findings[operation] ?? {} });
  }
}

/** Longest time for one stage. */
const STAGE_MS = 30_000;

/** What a test takes from outside; `ticks`: ms that only rise. */
interface SourceTestDeps extends Omit<SourceDeps, 'retry' | 'onCall'> {
  readonly ticks: () => number;
}

/**
 * Tests how a source is reached, stage by stage, as a synchronization would: name, TCP, proxy, TLS, each call of
 * MS-WSUSSS. Nothing is
 * changed. A failure is a stage, not an error.
 * @throws SyncError UpstreamUrlInvalid, CABundleInvalid
 */
export async function testSource(
  settings: SourceSettings,
  deps: SourceTestDeps,
  signal: AbortSignal,
): Promise<SourceTest> {
  const base = parseUpstreamUrl(settings.url ?? MICROSOFT_UPDATE_URL);
  const proxy = chooseProxy(base, settings, deps.env ?? process.env);
  const url = base.href.replace(/\/$/, '');
  const recorder = new StageRecorder(deps.ticks);
  const start = deps.clock();
  await testConnection(recorder, { base, proxy, ca: trustedRoots(settings), timeoutMs: STAGE_MS, signal });
  await testCalls(recorder, { settings: { ...settings, timeoutMs: STAGE_MS }, deps, url, signal, clock: deps.ticks });
  return {
    Source: settings.name ?? base.hostname,
    Url: url,
    Proxy: proxy?.url ?? '',
    StartTime: new Date(start).toISOString(),
    DurationSeconds: Math.max(0, deps.clock() - start) / 1000,
    Succeeded: !recorder.hasFailed,
    Stages: recorder.stages,
  };
}
