import { randomBytes } from 'node:crypto';
import type {
  NewStatusToken,
  StatusToken,
  StatusTokenListResult,
  StatusTokenNewRequest,
  StatusTokenRemoveRequest,
} from '../contract/generated/types.js';
import type { OpenPort } from '../downstream/port/Port.js';
import { SyncError } from '../errors/SyncError.js';
import { isLoopbackAddress } from '../platform/loopback.js';
import { secretHash } from '../platform/secretHash.js';
import type { SiteContext } from '../state/SiteContext.js';
import { stateChange, type StoredStatusToken } from '../state/siteState.js';
import { isExpired, readStatusTokens } from '../state/statusTokens.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { addressOfPort } from './sites.js';

const DAY_MS = 86_400_000;
const MOST = 200;

/**
 * `statusToken/new`: a token for the status page, of which the site keeps a hash. One that has expired gives its name
 * away, and a request that is sent again replaces what it made before: nobody has got its answer.
 * @throws SyncError StatusTokenExists, StatusTokenLimit
 */
export async function newStatusToken(
  { context, links }: ServiceParts,
  { requestId, name, expirationDays = 90 }: StatusTokenNewRequest,
): Promise<NewStatusToken> {
  const { site, database, now } = context;
  const { port } = await links.host();
  const secret = randomBytes(32).toString('base64url');
  const expires = new Date(now().getTime() + expirationDays * DAY_MS).toISOString();
  const token = { id: requestId, name, hash: secretHash(secret), created: now().toISOString(), expires };
  await context.settingsMutex.take(async () => {
    const others = othersThan(token, await readStatusTokens(database), context);
    await database.commit({ settings: stateChange({ statusTokens: [...others, token] }) });
  });
  return {
    Token: secret,
    Name: name,
    SiteCode: site.siteCode,
    Address: port === undefined ? '' : `${addressOfPort(port, site)}/`,
    ExpirationTime: expires,
    Warnings: warningsOf(port),
  };
}

/** `statusToken/list`, by name. */
export async function listStatusTokens({ context }: ServiceParts): Promise<StatusTokenListResult> {
  const tokens = await readStatusTokens(context.database);
  return { tokens: tokens.map((token) => toStatusToken(token, context)).sort(byName) };
}

/** `statusToken/remove`: whoever has signed in with it is signed out. @throws SyncError StatusTokenNotFound */
export async function removeStatusToken(
  { context }: ServiceParts,
  { name, whatIf }: StatusTokenRemoveRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<StatusToken> {
  const { site, database } = context;
  return context.settingsMutex.take(async () => {
    const tokens = await readStatusTokens(database);
    const token = tokens.find((other) => isNamed(other, name));
    const known = tokens.map((other) => other.name).join(', ') || 'none';
    if (token === undefined) throw new SyncError('StatusTokenNotFound', { site: site.siteCode, name, known });
    const removed = toStatusToken(token, context);
    const statusTokens = tokens.filter((other) => other !== token);
    if (whatIf !== true) await database.commit({ settings: stateChange({ statusTokens }), ...keep(removed) });
    return removed;
  });
}

/** The tokens that stay beside a new one. */
function othersThan(
  { id, name }: StoredStatusToken,
  tokens: readonly StoredStatusToken[],
  { site, now }: SiteContext,
): readonly StoredStatusToken[] {
  const others = tokens.filter((other) => other.id !== id && !(isNamed(other, name) && isExpired(other, now())));
  const same = others.find((other) => isNamed(other, name));
  if (same !== undefined)
    throw new SyncError('StatusTokenExists', { site: site.siteCode, name: same.name, time: same.expires });
  if (others.length >= MOST) throw new SyncError('StatusTokenLimit', { site: site.siteCode, count: others.length });
  return others;
}

function isNamed(token: StoredStatusToken, name: string): boolean {
  return token.name.toLowerCase() === name.toLowerCase();
}

function toStatusToken(token: StoredStatusToken, { site, now }: SiteContext): StatusToken {
  return {
    Name: token.name,
    SiteCode: site.siteCode,
    CreationTime: token.created,
    ExpirationTime: token.expires,
    IsExpired: isExpired(token, now()),
  };
}

function byName(one: StatusToken, other: StatusToken): number {
  return one.Name.toLowerCase() < other.Name.toLowerCase() ? -1 : 1;
}

/** A token that nobody can use yet must not look as if all were done. */
function warningsOf(port: OpenPort | undefined): string[] {
  const how =
    'configmgrsync serve --port 8531 --host 0.0.0.0, or Install-CMSyncService -Port 8531 -ListenAddress 0.0.0.0';
  if (port === undefined) return [`No port is open, so nobody can use the token yet: open one with ${how}.`];
  return isLoopbackAddress(port.address.host)
    ? [`The port listens on this machine only, where no token is needed: open it to others with ${how}.`]
    : [];
}
