import type { Steps } from '../platform/inTurns.js';
import { EXPIRY } from './SoftwareUpdateRow.js';
import type { SoftwareUpdateRow } from './SoftwareUpdateRow.js';
import type { Holding } from './UpdateEvaluation.js';
import { grouped, mapped } from './collections.js';
import type { Obsolete, ObsoleteFacts, RevisionReference } from './obsoleteRevisions.js';

/** Which bundles hold the updates in question, and the software updates that those bundles are. */
interface HoldersOfExpired {
  readonly holdings: readonly Holding[];
  readonly holders: ReadonlyMap<number, SoftwareUpdateRow>;
}

/** Those of the updates whose time has come that may leave the site database: no bundle that stays holds them. */
export function* removableUpdates(
  due: readonly SoftwareUpdateRow[],
  { holdings, holders }: HoldersOfExpired,
): Steps<readonly SoftwareUpdateRow[]> {
  const leaving = new Set(yield* mapped(due, (row) => row.updateKey));
  const stays = (key: number): boolean => !leaving.has(key) && holders.get(key)?.isRemoved === false;
  const heldBy = yield* grouped(holdings, (holding) => holding.holder);
  const staying = [...heldBy.keys()].filter(stays);
  for (let holder = staying.pop(); holder !== undefined; holder = staying.pop()) {
    for (const { child } of heldBy.get(holder) ?? [])
      if (child !== holder && leaving.delete(child) && stays(child)) staying.push(child);
    yield;
  }
  yield;
  return due.filter((row) => leaving.has(row.updateKey));
}

/** What goes in one transaction: updates with all of their revisions, and single revisions. */
export interface RemovalChunk {
  readonly updates: readonly number[];
  readonly revisions: readonly RevisionReference[];
}

/** An update as a whole, or one old revision. */
interface Unit {
  readonly updates: readonly number[];
  readonly revisions: readonly RevisionReference[];
  readonly after: Set<Unit>;
  waitsFor: number;
}

/**
 * Obsolete revisions in chunks of about `limit` revisions, in such an order that after each of them nothing that stays
 * misses what is gone: a bundle before its children, whoever requires an update before it, the superseded before the
 * superseding. What stands in or behind a circle goes in one chunk.
 */
export function* removalOrder(obsolete: Obsolete, facts: ObsoleteFacts, limit: number): Steps<readonly RemovalChunk[]> {
  const units = yield* unitsOf(obsolete);
  yield* link(units, obsolete, facts);
  const ordered: Unit[] = [];
  for (const unit of units) {
    if (unit.waitsFor === 0) ordered.push(unit);
    yield;
  }
  // The list grows while it is walked through.
  for (const unit of ordered) {
    for (const follower of unit.after) if ((follower.waitsFor -= 1) === 0) ordered.push(follower);
    yield;
  }
  const circles = units.filter((unit) => unit.waitsFor > 0);
  return [...pack(ordered, limit), ...(circles.length > 0 ? [toChunk(circles)] : [])];
}

function pack(units: readonly Unit[], limit: number): RemovalChunk[] {
  const chunks: RemovalChunk[] = [];
  let chunk: Unit[] = [];
  let size = 0;
  for (const unit of units) {
    chunk.push(unit);
    size += unit.revisions.length;
    if (size < limit) continue;
    chunks.push(toChunk(chunk));
    chunk = [];
    size = 0;
  }
  return chunk.length > 0 ? [...chunks, toChunk(chunk)] : chunks;
}

function* unitsOf(obsolete: Obsolete): Steps<Unit[]> {
  const units: Unit[] = [];
  for (const [key, revisions] of obsolete.updates) {
    units.push({ updates: [key], revisions, after: new Set(), waitsFor: 0 });
    yield;
  }
  for (const revision of obsolete.revisions) {
    units.push({ updates: [], revisions: [revision], after: new Set(), waitsFor: 0 });
    yield;
  }
  return units;
}

function* link(units: readonly Unit[], obsolete: Obsolete, facts: ObsoleteFacts): Steps<void> {
  const byRevision = new Map<number, Unit>();
  const byNumber = new Map<string, Unit>();
  const byUpdate = new Map<number, Unit>();
  for (const unit of units) {
    for (const { revisionId, updateKey, revisionNumber } of unit.revisions) {
      byRevision.set(revisionId, unit);
      byNumber.set(`${updateKey}.${revisionNumber}`, unit);
    }
    for (const key of unit.updates) byUpdate.set(key, unit);
    yield;
  }
  const order = (first: Unit | undefined, second: Unit | undefined): void => {
    if (first === undefined || second === undefined || first === second || first.after.has(second)) return;
    first.after.add(second);
    second.waitsFor += 1;
  };
  for (const { revisionId, updateKey, revisionNumber } of facts.namings) {
    order(
      byRevision.get(revisionId),
      obsolete.updates.has(updateKey) ? byUpdate.get(updateKey) : byNumber.get(`${updateKey}.${revisionNumber}`),
    );
    yield;
  }
  for (const { update, by } of facts.superseding) {
    order(byUpdate.get(update), byUpdate.get(by));
    yield;
  }
}

function toChunk(units: readonly Unit[]): RemovalChunk {
  return { updates: units.flatMap((unit) => unit.updates), revisions: units.flatMap((unit) => unit.revisions) };
}

/**
 * Whether a list that names an update that was removed for good passes over it. What went because the upstream or the
 * subscription did not name it any more is wanted again when a list names it; a hidden child comes with its bundle.
 */
export function isKnownAfterwards(row: Pick<SoftwareUpdateRow, 'expiryReason' | 'isHidden'> | undefined): boolean {
  if (row === undefined || row.isHidden) return true;
  return row.expiryReason !== EXPIRY.upstream && row.expiryReason !== EXPIRY.subscription;
}
