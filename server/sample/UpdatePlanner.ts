import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { Random } from './Random.js';
import { type ProductLine, PRODUCT_LINES } from './products.js';

/** What all variants of one issue of a series have in common. */
interface Issue {
  readonly line: ProductLine;
  /** Counted from 1 within the series. */
  readonly number: number;
  readonly kb: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly severity: string;
  readonly bulletins: readonly string[];
  readonly cves: readonly string[];
  readonly isExpired: boolean;
}

/** A document to write. A child and a stand-alone update have files, a bundle has children. */
export interface UpdatePlan {
  readonly issue: Issue;
  readonly role: 'alone' | 'bundle' | 'child';
  readonly identity: UpdateIdentity;
  readonly arch: string;
  readonly title: string;
  readonly superseded: readonly string[];
  readonly bundled: readonly UpdateIdentity[];
}

const FIRST_DAY = Date.UTC(2016, 0, 12, 18);
const LAST_DAY = Date.UTC(2026, 9, 13, 17);
/** After this month Microsoft gave up bulletins for CVE numbers alone. */
const LAST_BULLETIN = Date.UTC(2017, 3, 1);
const FIRST_ARTICLE = 3_124_000;
const LAST_ARTICLE = 5_066_000;
const EXPIRED_SHARE = 0.02;

/** What an issue is planned from; `progress` is the share of the catalogue that came before it. */
interface IssuePlace {
  readonly line: ProductLine;
  readonly number: number;
  readonly progress: number;
}

/** Decides article, date, severity and fate of an issue: later ones have later dates and higher articles. */
function planIssue(place: IssuePlace, random: Random): Issue {
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
function monthOf(date: number): string {
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

/** How many of its predecessors an issue supersedes directly; the rest follows from the chain. */
const SUPERSEDED_DIRECTLY = 3;
/** Configuration Manager makes no software updates of what is classified so. */
const NOT_OFFERED = 'Applications';

/** Plans exactly so many update documents, children before their bundles, issue by issue through the years. */
export class UpdatePlanner {
  readonly #random: Random;
  readonly #total: number;
  readonly #allCurrent: boolean;
  readonly #lines: readonly ProductLine[];
  readonly #issues = new Map<ProductLine, number>();
  readonly #predecessors = new Map<string, string[]>();
  readonly #thresholds: readonly number[];
  #planned = 0;

  constructor(random: Random, total: number, allCurrent = false) {
    this.#random = random;
    this.#total = total;
    this.#allCurrent = allCurrent;
    this.#lines = allCurrent ? PRODUCT_LINES.filter((line) => line.classification !== NOT_OFFERED) : PRODUCT_LINES;
    let sum = 0;
    this.#thresholds = this.#lines.map((line) => (sum += line.weight));
  }

  *plans(): Generator<UpdatePlan, void, undefined> {
    while (this.#planned < this.#total) yield* this.#variants(this.#nextIssue());
  }

  #nextIssue(): Issue {
    const line = this.#pickLine();
    const number = (this.#issues.get(line) ?? 0) + 1;
    this.#issues.set(line, number);
    const issue = planIssue({ line, number, progress: this.#planned / this.#total }, this.#random);
    return this.#allCurrent ? { ...issue, isExpired: false } : issue;
  }

  #pickLine(): ProductLine {
    const point = this.#random.fraction() * (this.#thresholds.at(-1) ?? 0);
    const line = this.#lines[this.#thresholds.findIndex((threshold) => point < threshold)];
    return line ?? this.#random.pick(this.#lines as [ProductLine, ...ProductLine[]]);
  }

  *#variants(issue: Issue): Generator<UpdatePlan, void, undefined> {
    for (const arch of issue.line.archs) {
      if (this.#planned >= this.#total) return;
      const children = this.#children(issue, arch);
      yield* children;
      yield this.#offered(
        issue,
        arch,
        children.map((child) => child.identity),
      );
    }
  }

  #children(issue: Issue, arch: string): UpdatePlan[] {
    const wanted = issue.line.children === 0 || this.#allCurrent ? 0 : 1 + this.#random.below(issue.line.children);
    const count = Math.min(wanted, this.#total - this.#planned - 1);
    return Array.from({ length: count }, (_, index) => this.#child(issue, arch, index));
  }

  #child(issue: Issue, arch: string, index: number): UpdatePlan {
    this.#planned++;
    const part = index === 0 ? '' : `-part${index + 1}`;
    const title = `${issue.line.file}-KB${issue.kb}-${arch}${part}`;
    return { issue, role: 'child', identity: this.#identity(), arch, title, superseded: [], bundled: [] };
  }

  #offered(issue: Issue, arch: string, bundled: readonly UpdateIdentity[]): UpdatePlan {
    this.#planned++;
    const identity = this.#identity();
    const series = `${issue.line.title}|${arch}`;
    const superseded = this.#predecessors.get(series) ?? [];
    if (!this.#allCurrent)
      this.#predecessors.set(series, [identity.updateId, ...superseded].slice(0, SUPERSEDED_DIRECTLY));
    return {
      issue,
      role: bundled.length > 0 ? 'bundle' : 'alone',
      identity,
      arch,
      title: this.#title(issue, arch),
      superseded,
      bundled,
    };
  }

  #identity(): UpdateIdentity {
    return { updateId: this.#random.guid(), revisionNumber: 200 + this.#random.below(5) };
  }

  #title(issue: Issue, arch: string): string {
    const values: Record<string, string> = {
      arch,
      month: monthOf(issue.date),
      kb: issue.kb,
      issue: String(issue.number),
      minor: String(1 + this.#random.below(2000)),
    };
    return issue.line.title.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
  }
}
