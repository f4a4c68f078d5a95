/** Severities of status messages that are counted. */
export const COUNTED_SEVERITIES = ['Error', 'Warning', 'Information'] as const;
export type CountedSeverity = (typeof COUNTED_SEVERITIES)[number];

/** From where on the messages of a server are counted: the last id that is not, by severity; and when that was said. */
interface ClearedCount {
  readonly time: number;
  readonly upTo: { readonly [Severity in CountedSeverity]?: number };
}

/** By the name of the server in small letters. */
export type ClearedCounts = Readonly<Record<string, ClearedCount>>;

/** What is counted of a status message. */
export interface CountedMessage {
  readonly id: number;
  readonly machineName: string;
  readonly severity: CountedSeverity;
  /** ISO 8601 UTC */
  readonly time: string;
}

/** What a component of one server has reported. */
export interface ComponentCount {
  readonly machineName: string;
  readonly counts: Readonly<Record<CountedSeverity, number>>;
  /** When it last reported, ISO 8601 UTC; undefined for never. */
  readonly lastContacted: string | undefined;
}

/** Counts the messages of each server that come after what was cleared. */
export function countMessages(
  machines: readonly string[],
  messages: Iterable<CountedMessage>,
  cleared: ClearedCounts,
): readonly ComponentCount[] {
  const found = new Map(machines.map((name) => [name.toLowerCase(), newCount(name)]));
  for (const { id, machineName, severity, time } of messages) {
    const key = machineName.toLowerCase();
    const before = found.get(key) ?? newCount(machineName);
    const isCounted = id > (cleared[key]?.upTo[severity] ?? 0);
    const counts = isCounted ? { ...before.counts, [severity]: before.counts[severity] + 1 } : before.counts;
    found.set(key, { ...before, counts, lastContacted: time });
  }
  return [...found.values()];
}

function newCount(machineName: string): ComponentCount {
  return { machineName, counts: { Error: 0, Warning: 0, Information: 0 }, lastContacted: undefined };
}

/** What is counted from after a message on. */
export function clearedAfter(
  before: ClearedCounts,
  machines: readonly string[],
  said: { readonly severities: readonly CountedSeverity[]; readonly upTo: number; readonly time: number },
): ClearedCounts {
  const upTo = Object.fromEntries(said.severities.map((severity) => [severity, said.upTo]));
  const changed = machines.map((name) => {
    const key = name.toLowerCase();
    return [key, { time: said.time, upTo: { ...before[key]?.upTo, ...upTo } }];
  });
  return { ...before, ...(Object.fromEntries(changed) as ClearedCounts) };
}
