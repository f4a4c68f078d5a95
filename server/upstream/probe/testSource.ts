import type { SourceTest } from '../../contract/generated/types.js';
import { chooseProxy } from '../chooseProxy.js';
import type { SourceDeps } from '../createWsusSource.js';
import { parseUpstreamUrl } from '../parseUpstreamUrl.js';
import { MICROSOFT_UPDATE_URL, type SourceSettings } from '../SourceSettings.js';
import { trustedRoots } from '../trustedRoots.js';
import { StageRecorder } from './StageRecorder.js';
import { testCalls } from './testCalls.js';
import { testConnection } from './testConnection.js';

/** Longest time for one stage. */
const STAGE_MS = 30_000;

/** What a test takes from outside; `ticks`: ms that only rise. */
export interface SourceTestDeps extends Omit<SourceDeps, 'retry' | 'onCall'> {
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
