import type { LinkReport } from '../contract/generated/types.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import {
  type LinkRequest,
  type LostParent,
  type PublishedSettings,
  readState,
  type SiteRequest,
  STATE,
  stateChange,
} from './siteState.js';

type Handled = LinkReport['handled'];

const NOTHING: Handled = { settingsVersion: 0, requestId: 0 };

export async function readHandled(database: Pick<SiteReads, 'setting'>): Promise<Handled> {
  return (await readState(database, STATE.handled)) ?? NOTHING;
}

/** The request that the newest synchronization of this node was asked for by; undefined before the first. */
export async function readTarget(database: Pick<SiteReads, 'setting'>): Promise<LinkRequest | undefined> {
  return readState(database, STATE.target);
}

/** What this site asks of the nodes below it; undefined before its first success. */
export async function readRequest(database: Pick<SiteReads, 'setting'>): Promise<SiteRequest | undefined> {
  return readState(database, STATE.request);
}

export async function readPublished(database: Pick<SiteReads, 'setting'>): Promise<PublishedSettings | undefined> {
  return readState(database, STATE.published);
}

/**
 * Ids of the joined nodes that have been made software update points: one that an administrator removes does not come
 * back.
 */
export async function readKnownPoints(database: Pick<SiteReads, 'setting'>): Promise<readonly number[]> {
  return (await readState(database, STATE.knownPoints)) ?? [];
}

/** Why the parent has cut this site off, as the parent said it; '' where it has not. */
export async function readRevoked(database: Pick<SiteReads, 'setting'>): Promise<string> {
  return (await readState(database, STATE.revoked)) ?? '';
}

/** Undefined while the parent is connected, and where it was never looked for. */
export async function readLost(database: Pick<SiteReads, 'setting'>): Promise<LostParent | undefined> {
  return readState(database, STATE.lost);
}

type Settings = Readonly<Record<string, unknown>>;

export const handledChange = (handled: Handled): Settings => stateChange({ handled });
export const targetChange = (target: LinkRequest): Settings => stateChange({ target });
export const publishedChange = (published: PublishedSettings): Settings => stateChange({ published });
export const knownPointsChange = (knownPoints: readonly number[]): Settings => stateChange({ knownPoints });

/** The request after a synchronization has succeeded. */
export function nextRequest(
  before: SiteRequest | undefined,
  run: { readonly isFull: boolean; readonly contentVersion: number; readonly topRun: number },
): SiteRequest {
  const id = (before?.id ?? 0) + 1;
  return {
    id,
    fullSync: run.isFull,
    contentVersion: run.contentVersion,
    topRun: run.topRun,
    lastFull: run.isFull ? id : (before?.lastFull ?? 0),
  };
}

/** The request as one node gets it: full also when it has missed one that was. */
export function requestFor({ lastFull, ...request }: SiteRequest, handled: number): LinkRequest {
  return { ...request, fullSync: request.fullSync || (handled > 0 && lastFull > handled) };
}
