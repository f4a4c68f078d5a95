/** An anchor as Windows writes it; the counter before the comma does not count (wsus-protocol section 1.4). */
const WINDOWS_FORM = /^(?:\d+,)?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{1,9}))?$/;

/**
 * Tells whether an anchor stands for an earlier moment than another: an upstream that answers so was restored from a
 * backup, and lists nothing until it has passed the later one. Anchors of another form are opaque, never earlier.
 */
export function isEarlierAnchor(anchor: string, than: string): boolean {
  const [one, other] = [momentOf(anchor), momentOf(than)];
  return one !== undefined && other !== undefined && one < other;
}

/** A text that sorts as the time does. */
function momentOf(anchor: string): string | undefined {
  const match = WINDOWS_FORM.exec(anchor.trim());
  return match === null ? undefined : `${match[1]}.${(match[2] ?? '').padEnd(9, '0')}`;
}
