/**
 * A process that plays many child sites: each joins with a token, follows the state of its parent over its link, and
 * reports that it has synchronized. Says in lines of JSON when all have come so far. Ends with its input.
 */
import { readFileSync } from 'node:fs';
import { joinParent } from '../../../server/link/joinParent.js';
import { decodeJoinToken } from '../../../server/link/JoinToken.js';
import type { ParentRecord } from '../../../server/link/ParentRecord.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { childCode, childServer, playChild } from '../../link/playChild.js';

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
  siteCode: childCode(number),
}));
const records = await joinAll();
say('joined', 0);
for (const { siteCode, record } of records)
  playChild({ siteCode, version, record }, { connected: countConnected, told: countTold });

async function joinAll(): Promise<{ siteCode: string; record: ParentRecord }[]> {
  const joined: { siteCode: string; record: ParentRecord }[] = [];
  const waiting = [...children];
  const worker = async (): Promise<void> => {
    for (let child = waiting.shift(); child !== undefined; child = waiting.shift()) {
      const { siteCode } = child;
      const node = { siteCode, siteName: siteCode, serverName: childServer(siteCode) };
      const deps = { version, clock: systemClock, log: () => undefined };
      joined.push({ siteCode, record: (await joinParent(decodeJoinToken(child.token), node, deps)).record });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return joined;
}

function countConnected(): void {
  if ((connected += 1) === tokens.length) say('connected', 0);
}

function countTold(request: number): void {
  told.set(request, (told.get(request) ?? 0) + 1);
  if (told.get(request) === tokens.length) say('told', request);
}

function say(what: ChildrenEvent['what'], request: number): void {
  const event: ChildrenEvent = { what, request, at: Date.now() };
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
