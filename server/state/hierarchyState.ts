import type { InheritedSettings, LinkReport, LinkState } from '../contract/generated/types.js';
import type { SiteReads } from '../store/SiteDatabase.js';

/** Names of the settings that remember where a site stands between its parent and the nodes below it. */
const HIERARCHY = {
  handled: 'hierarchy.handled',
  target: 'hierarchy.target',
  request: 'hierarchy.request',
  settings: 'hierarchy.settings',
  points: 'hierarchy.points',
  revoked: 'hierarchy.revoked',
} as const;

/** A request to synchronize. */
export type LinkRequest = NonNullable<LinkState['request']>;

/**
 * What a site asks of the nodes below it: its last successful synchronization. `lastFull` is the newest request after a
 * full one, 0 for none.
 */
interface SiteRequest extends LinkRequest {
  readonly lastFull: number;
}

/** The settings that flow down, as last told. */
export interface PublishedSettings {
  readonly version: number;
  readonly settings: InheritedSettings;
}

/** What of the parent's state this node has handled. */
type Handled = LinkReport['handled'];

const NOTHING: Handled = { settingsVersion: 0, requestId: 0 };

export async function readHandled(database: Pick<SiteReads, 'setting'>): Promise<Handled> {
  return ((await database.setting(HIERARCHY.handled)) as Handled | undefined) ?? NOTHING;
}

/** The request that the newest synchronization of this node was asked for by; undefined before the first. */
export async function readTarget(database: Pick<SiteReads, 'setting'>): Promise<LinkRequest | undefined> {
  return (await database.setting(HIERARCHY.target)) as LinkRequest | undefined;
}

/** What this site asks of the nodes below it; undefined before its first success. */
export async function readRequest(database: Pick<SiteReads, 'setting'>): Promise<SiteRequest | undefined> {
  return (await database.setting(HIERARCHY.request)) as SiteRequest | undefined;
}

export async function readPublished(database: Pick<SiteReads, 'setting'>): Promise<PublishedSettings | undefined> {
  return (await database.setting(HIERARCHY.settings)) as PublishedSettings | undefined;
}

/**
 * Ids of the joined nodes that have been made software update points: one that an administrator removes does not come
 * back.
 */
export async function readKnownPoints(database: Pick<SiteReads, 'setting'>): Promise<readonly number[]> {
  return ((await database.setting(HIERARCHY.points)) as readonly number[] | undefined) ?? [];
}

/** Why the parent has cut this site off, as the parent said it; '' where it has not. */
export async function readRevoked(database: Pick<SiteReads, 'setting'>): Promise<string> {
  return ((await database.setting(HIERARCHY.revoked)) as string | undefined) ?? '';
}

type Settings = Readonly<Record<string, unknown>>;

export const handledChange = (handled: Handled): Settings => ({ [HIERARCHY.handled]: handled });
export const targetChange = (target: LinkRequest): Settings => ({ [HIERARCHY.target]: target });
export const requestChange = (request: SiteRequest): Settings => ({ [HIERARCHY.request]: request });
export const publishedChange = (published: PublishedSettings): Settings => ({ [HIERARCHY.settings]: published });
export const knownPointsChange = (ids: readonly number[]): Settings => ({ [HIERARCHY.points]: ids });

export const revokedChange = (reason: string): Settings => ({ [HIERARCHY.revoked]: reason });

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
