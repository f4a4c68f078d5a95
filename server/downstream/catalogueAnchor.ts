import { SyncError } from '../errors/SyncError.js';

/** The catalogue counts its changes; an anchor shows the count as Windows does: `nnnn,yyyy-MM-dd HH:mm:ss.fff`. */
const FIRST_INSTANT = Date.UTC(2026, 0, 1);
const FORM = /^(?:\d+,)?(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})$/;

/** The anchor that stands for everything up to a change. */
export function anchorOf(change: number): string {
  const [day, time] = new Date(FIRST_INSTANT + change).toISOString().slice(0, -1).split('T');
  return `${change},${day} ${time}`;
}

/** True for the text of an anchor. */
export function isAnchor(text: string): boolean {
  return !Number.isNaN(instantOf(text));
}

/**
 * The change an anchor stands for; only its time counts, as in Windows. -1 for none. Far past and future are numbers
 * like any other.
 * @throws SyncError InvalidRequest when it is not an anchor
 */
export function changeOf(anchor: string): number {
  if (anchor === '') return -1;
  const instant = instantOf(anchor);
  if (Number.isNaN(instant))
    throw new SyncError('InvalidRequest', {
      method: 'GetRevisionIdList',
      reason: 'The anchor of the filter is not one of this server',
    });
  return Math.max(-1, instant - FIRST_INSTANT);
}

/** ms since 1970; NaN where it is none. */
function instantOf(text: string): number {
  const match = FORM.exec(text);
  return match === null ? NaN : Date.parse(`${match[1]}T${match[2]}Z`);
}
