/**
 * A process that plays many child sites: each joins with a token, follows the state of its parent over its link, and
 * reports that it has synchronized. Says in lines of JSON when all have come so far. Ends with its input.
 */
import { readFileSync } from 'node:fs';
import type { LinkReport, LinkState, SUPSyncStatus } from '../../../server/contract/generated/types.js';
import { neverSynchronized } from '../../../server/hierarchy/fanOut/treeStatuses.js';
import { joinParent } from '../../../server/hierarchy/join/joinParent.js';
import { decodeJoinToken } from '../../../server/hierarchy/join/JoinToken.js';
import type { ParentNote } from '../../../server/hierarchy/join/ParentNote.js';
import { ChildLinkClient } from '../../../server/hierarchy/link/ChildLinkClient.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { syncStateName } from '../../../server/status/statusMessage.js';

/** What all children have done. */
export interface ChildrenEvent {
  readonly what: 'joined' | 'connected' | 'told';
  /** Of the request they were told of; 0 for others. */
  readonly request: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const AT_ONCE = 20;
const [tokensFile = '', version = ''] = process.argv.slice(2);
const tokens = JSON.parse(readFileSync(tokensFile, 'utf8')) as readonly string[];
const told = new Map<number, number>();
let connected = 0;

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
const children = tokens.map((token, number) => ({
  token,
  siteCode: number.toString(36).toUpperCase().padStart(3, 'A'),
}));
const notes = await joinAll();
say('joined', 0);
for (const { siteCode, note } of notes) follow(siteCode, note);

async function joinAll(): Promise<{ siteCode: string; note: ParentNote }[]> {
  const joined: { siteCode: string; note: ParentNote }[] = [];
  const waiting = [...children];
  const worker = async (): Promise<void> => {
    for (let child = waiting.shift(); child !== undefined; child = waiting.shift()) {
      const { siteCode } = child;
      const node = { siteCode, siteName: siteCode, serverName: serverNameOf(siteCode) };
      const deps = { version, clock: systemClock, log: () => undefined };
      joined.push({ siteCode, note: (await joinParent(decodeJoinToken(child.token), node, deps)).note });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return joined;
}

function follow(siteCode: string, note: ParentNote): void {
  const node = { siteCode, serverName: serverNameOf(siteCode) };
  const link = new ChildLinkClient({
    note,
    keepNote: async () => Promise.resolve(),
    random: Math.random,
    node,
    version,
    clock: systemClock,
    log: () => undefined,
  });
  let handled = 0;
  let wasConnected = false;
  link.onConnection((isConnected) => {
    if (!isConnected || wasConnected) return;
    wasConnected = true;
    if ((connected += 1) === tokens.length) say('connected', 0);
  });
  link.onState((state) => {
    if (state.request === undefined || state.request.id === handled) return;
    handled = state.request.id;
    for (const lastState of [6701, 6704, 6702]) link.report(reportOf(node, state, lastState));
    told.set(handled, (told.get(handled) ?? 0) + 1);
    if (told.get(handled) === tokens.length) say('told', handled);
  });
  link.start();
}

function serverNameOf(siteCode: string): string {
  return `${siteCode.toLowerCase()}.test`;
}

function say(what: ChildrenEvent['what'], request: number): void {
  const event: ChildrenEvent = { what, request, at: Date.now() };
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function reportOf(
  { siteCode, serverName }: { siteCode: string; serverName: string },
  { settingsVersion, request }: LinkState,
  lastState: number,
): LinkReport {
  const status: SUPSyncStatus = {
    ...neverSynchronized(siteCode, serverName, 'cs1.test'),
    LastSyncState: lastState,
    LastSyncStateName: syncStateName(lastState),
    LastSyncStateTime: new Date().toISOString(),
    SyncCatalogVersion: lastState === 6702 ? (request?.contentVersion ?? 0) : 0,
    HeartbeatTime: null,
    HeartbeatAgeSeconds: null,
  };
  return {
    moduleVersion: version,
    siteCode,
    statuses: [status],
    handled: { settingsVersion, requestId: request?.id ?? 0 },
    sites: [],
    alerts: [],
  };
}
