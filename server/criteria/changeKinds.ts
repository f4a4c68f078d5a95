import type { SoftwareUpdateRow } from './SoftwareUpdateRow.js';

/** Bits of what a run did to one update. */
export const CHANGE = { New: 1, Revised: 2, Expired: 4, Superseded: 8, Removed: 16 } as const;

/** What a run did to one update, in the words of its counts. */
export interface UpdateChanges {
  readonly New: boolean;
  readonly Revised: boolean;
  readonly Expired: boolean;
  readonly Superseded: boolean;
  readonly Removed: boolean;
  readonly Skipped: boolean;
}

/** From what an update was before a run to what it is after it; hidden children do not count. */
export function changesOf(before: SoftwareUpdateRow | undefined, after: SoftwareUpdateRow): UpdateChanges {
  const was = before !== undefined && isShown(before) ? before : undefined;
  const is = isShown(after);
  return {
    New: was === undefined && is,
    Revised: was !== undefined && is && was.revisionId !== after.revisionId && !after.isExpired,
    Expired: was !== undefined && !after.isHidden && !was.isExpired && after.isExpired,
    Superseded: (is || (was !== undefined && !after.isHidden)) && after.isSuperseded && was?.isSuperseded !== true,
    Removed: was !== undefined && !after.isHidden && after.isRemoved,
    Skipped: before === undefined && after.isRemoved && !after.isHidden,
  };
}

function isShown(row: SoftwareUpdateRow): boolean {
  return !row.isRemoved && !row.isHidden;
}

/** A kind of change as commands name it. */
type ChangeKind = keyof typeof CHANGE;

const CHANGE_KINDS = Object.keys(CHANGE) as ChangeKind[];

/**
 * The bits of what a run did to an update. An update that came expired and never entered the site did not change it.
 */
export function changeBits(changes: UpdateChanges): number {
  return CHANGE_KINDS.reduce((bits, kind) => (changes[kind] ? bits + CHANGE[kind] : bits), 0);
}

/** The kinds that bits stand for. */
export function changeKinds(bits: number): ChangeKind[] {
  return CHANGE_KINDS.filter((kind) => (bits & CHANGE[kind]) !== 0);
}
