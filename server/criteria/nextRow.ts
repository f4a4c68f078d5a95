import { EXPIRY } from './SoftwareUpdateRow.js';
import type { SoftwareUpdateRow } from './SoftwareUpdateRow.js';
import type { EvaluatedUpdate } from './UpdateEvaluation.js';

/** What a new row gets beside what the evaluation says. */
interface NewRowParts {
  readonly ciId: number;
  readonly maxExecutionSeconds: number;
}

const VISIBLE = ['revisionId', 'isExpired', 'isSuperseded', 'isHidden', 'isBundle', 'isRemoved'] as const;

/** The row of an update that the site did not know. What is expired already does not enter the site database. */
export function createdRow(update: EvaluatedUpdate, parts: NewRowParts, now: number): SoftwareUpdateRow {
  const { revision, reason, isSuperseded, isHidden, isBundle, standing, supersededSince } = update;
  const isExpired = reason !== EXPIRY.none;
  // Written out: spreading two objects into a third costs more than all else here when ten thousand rows are made.
  return {
    ciId: parts.ciId,
    updateKey: revision.updateKey,
    revisionId: revision.revisionId,
    revisionNumber: revision.revisionNumber,
    ciVersion: 1,
    isExpired,
    isSuperseded,
    isHidden,
    isBundle,
    created: now,
    modified: now,
    maxExecutionSeconds: parts.maxExecutionSeconds,
    standing,
    expiryReason: reason,
    expiredSince: isExpired ? now : 0,
    supersededSince,
    isRemoved: isExpired,
    isDeclined: false,
    customSeverity: 0,
  };
}

/**
 * The row after the evaluation, or undefined when nothing changes; CIVersion rises when something changes that commands
 * show.
 */
export function changedRow(
  before: SoftwareUpdateRow,
  update: EvaluatedUpdate,
  now: number,
): SoftwareUpdateRow | undefined {
  const isExpired = update.reason !== EXPIRY.none;
  const since = before.isExpired ? before.expiredSince : now;
  const after = {
    ...before,
    ...evaluatedPart(update),
    expiredSince: isExpired ? since : 0,
    isRemoved: isExpired && before.isRemoved,
    isDeclined: isExpired && before.isDeclined,
  };
  if (isVisibleChange(before, after)) return { ...after, ciVersion: before.ciVersion + 1, modified: now };
  return Object.entries(after).some(([name, value]) => before[name as keyof SoftwareUpdateRow] !== value)
    ? after
    : undefined;
}

/** True when commands show the two differently. */
export function isVisibleChange(before: SoftwareUpdateRow | undefined, after: SoftwareUpdateRow): boolean {
  if (before === undefined) return !after.isRemoved;
  return VISIBLE.some((name) => before[name] !== after[name]);
}

function evaluatedPart(
  update: EvaluatedUpdate,
): Pick<
  SoftwareUpdateRow,
  | 'revisionId'
  | 'revisionNumber'
  | 'isExpired'
  | 'isSuperseded'
  | 'isHidden'
  | 'isBundle'
  | 'standing'
  | 'expiryReason'
  | 'supersededSince'
> {
  const { revision, reason, isSuperseded, isHidden, isBundle, standing, supersededSince } = update;
  return {
    revisionId: revision.revisionId,
    revisionNumber: revision.revisionNumber,
    isExpired: reason !== EXPIRY.none,
    isSuperseded,
    isHidden,
    isBundle,
    standing,
    expiryReason: reason,
    supersededSince,
  };
}
