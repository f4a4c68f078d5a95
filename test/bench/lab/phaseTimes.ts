import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Parts of a first synchronization outside of the fetch of its updates, in ms. */
export interface PhaseTimes {
  /** Until the updates are asked for. */
  readonly beforeFirst: number;
  /** From when the last document is stored. */
  readonly afterLast: number;
}

/** What wsyncmgr.log of a site says of its last synchronization; undefined when it does not say all of it. */
export function phaseTimesOf(sitePath: string): PhaseTimes | undefined {
  const log = path.join(sitePath, 'Logs', 'wsyncmgr.log');
  return existsSync(log) ? phaseTimes(readFileSync(log, 'utf8')) : undefined;
}

const BEGIN = /^Starting Sync\b/;
const ASKED = /^Requested categories: /;
const STORED = /^sync: WSUS synchronizing updates, processed (\d+) out of \1 items/;
const END = /^Sync time: /;

/** The same of a text in the form of the product's logs. */
export function phaseTimes(log: string): PhaseTimes | undefined {
  const lines = log.split('\n');
  const begin = lines.findLastIndex((line) => BEGIN.test(line));
  const [began, asked, stored, ended] = [BEGIN, ASKED, STORED, END].map((form) =>
    timeOf(lines.slice(Math.max(0, begin)).find((line) => form.test(line))),
  );
  if (began === undefined || asked === undefined || stored === undefined || ended === undefined) return undefined;
  return { beforeFirst: asked - began, afterLast: ended - stored };
}

const STAMP = /<(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d):(\d\d)\.(\d{3})/;

/** As if all were of one zone: only differences are looked at. */
function timeOf(line: string | undefined): number | undefined {
  const [, month, day, year, ...clock] = STAMP.exec(line ?? '') ?? [];
  if (month === undefined || day === undefined || year === undefined) return undefined;
  const [hours = 0, minutes = 0, seconds = 0, ms = 0] = clock.map(Number);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), hours, minutes, seconds, ms);
}
