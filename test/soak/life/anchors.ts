/** An anchor as Windows writes it: a counter, which nobody looks at, and the time in UTC. */
export function anchorOf(counter: number, time: number): string {
  return `${counter},${new Date(time).toISOString().replace('T', ' ').replace('Z', '')}`;
}

/** The time of an anchor; 0 for none. Anything else is a mistake of whoever asks. */
export function timeOfAnchor(anchor: string): number {
  if (anchor === '') return 0;
  const match = /^\d+,(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})$/.exec(anchor);
  if (match === null) throw new Error(`${anchor} is not an anchor of this server`);
  return Date.parse(`${match[1]}T${match[2]}Z`);
}
