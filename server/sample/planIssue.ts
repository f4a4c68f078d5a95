import type { ProductLine } from './ProductLine.js';
import type { Random } from './Random.js';
import type { Issue } from './UpdatePlan.js';

const FIRST_DAY = Date.UTC(2016, 0, 12, 18);
const LAST_DAY = Date.UTC(2026, 9, 13, 17);
/** After this month Microsoft gave up bulletins for CVE numbers alone. */
const LAST_BULLETIN = Date.UTC(2017, 3, 1);
const FIRST_ARTICLE = 3_124_000;
const LAST_ARTICLE = 5_066_000;
const EXPIRED_SHARE = 0.02;

/** What an issue is planned from; `progress` is the share of the catalogue that came before it. */
export interface IssuePlace {
  readonly line: ProductLine;
  readonly number: number;
  readonly progress: number;
}

/** Decides article, date, severity and fate of an issue: later ones have later dates and higher articles. */
export function planIssue(place: IssuePlace, random: Random): Issue {
  const { line, number, progress } = place;
  const date = FIRST_DAY + Math.floor(progress * (LAST_DAY - FIRST_DAY)) + random.below(3_600_000);
  const isSecurity = line.classification === 'Security Updates';
  return {
    line,
    number,
    date,
    kb: line.kb ?? String(FIRST_ARTICLE + Math.floor(progress * (LAST_ARTICLE - FIRST_ARTICLE))),
    severity: isSecurity
      ? random.pick(['Critical', 'Critical', 'Important', 'Important', 'Important', 'Moderate', 'Low'])
      : '',
    bulletins: isSecurity && date < LAST_BULLETIN ? [bulletinOf(date, random)] : [],
    cves: isSecurity ? cvesOf(date, random) : [],
    isExpired: random.chance(EXPIRED_SHARE),
  };
}

/** `yyyy-MM`, as titles carry it. */
export function monthOf(date: number): string {
  return new Date(date).toISOString().slice(0, 7);
}

function bulletinOf(date: number, random: Random): string {
  const year = new Date(date).getUTCFullYear() % 100;
  return `MS${year}-${String(1 + random.below(155)).padStart(3, '0')}`;
}

function cvesOf(date: number, random: Random): string[] {
  const year = new Date(date).getUTCFullYear();
  return Array.from({ length: 1 + random.below(6) }, () => `CVE-${year}-${20_000 + random.below(40_000)}`);
}
