import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import { RECORD_HEADER_BYTES } from './recordHeader.js';
import { Utf16Counter } from './Utf16Counter.js';

const LINE_END = Buffer.from('\r\n');

/** One record of metadata.txt in its parts: header, document, line end. */
export function packageRecord({ updateId, revisionNumber }: UpdateIdentity, xml: Uint8Array): readonly Uint8Array[] {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  return [Buffer.from(`${updateId},${hex(revisionNumber)},${hex(utf16Units(xml))},`, 'latin1'), xml, LINE_END];
}

/** Bytes that a record takes beside its document. */
export const RECORD_FRAME_BYTES = RECORD_HEADER_BYTES + LINE_END.length;

function utf16Units(xml: Uint8Array): number {
  const counter = new Utf16Counter(Number.MAX_SAFE_INTEGER);
  counter.take(xml, 0);
  return Number.MAX_SAFE_INTEGER - counter.left;
}
