import { CHANGE } from '../store/runChanges.js';
import type { UpdateChanges } from './changesOf.js';

/** A kind of change as commands name it. */
export type ChangeKind = keyof typeof CHANGE;

export const CHANGE_KINDS = Object.keys(CHANGE) as ChangeKind[];

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
