import { join } from 'node:path';
import type { Run } from '../contract/generated/types.js';
import { sorted } from '../criteria/collections.js';
import { LANGUAGES } from '../criteria/languages.js';
import type { Subscription } from '../criteria/subscription.js';
import { reasonOf } from '../errors/SyncError.js';
import { inTurns, type Steps, turn } from '../platform/inTurns.js';
import { replaceFile } from '../platform/replaceFile.js';
import { sitesBelow } from '../link/NodeRecord.js';
import { storedNodes } from '../link/NodeRegistry.js';
import { filesOf, SITE_FILES } from '../site/SiteFolder.js';
import type { SiteBelow } from '../site/sitesBelow.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readSettings } from '../state/settingsStore.js';
import { readPoints } from '../state/softwareUpdatePoints.js';
import { readRuns } from '../state/storedRuns.js';
import type { CategoryRow } from '../store/rows.js';

/** What the names are taken from. */
interface CompletionFacts {
  readonly siteCode: string;
  readonly categories: readonly Pick<CategoryRow, 'typeName' | 'title' | 'allowSubscription' | 'updateId'>[];
  /** Ids of the categories that are selected themselves: what can be removed. */
  readonly selected: ReadonlySet<string>;
  /** The newest first. */
  readonly runs: readonly Pick<Run, 'Id' | 'State' | 'StartTime'>[];
  /** Of the newest updates first; '' for none. */
  readonly articleIds: readonly string[];
  readonly servers: readonly string[];
  readonly languages: readonly string[];
  readonly sitesBelow: readonly SiteBelow[];
}

/**
 * The content of `completion.json`: lists of names by what they name, each once, categories in alphabetical order, KB
 * numbers newest first.
 */
export interface CompletionNames {
  readonly SiteCode: string;
  readonly Product: readonly string[];
  readonly ProductFamily: readonly string[];
  readonly Company: readonly string[];
  readonly UpdateClassification: readonly string[];
  readonly Language: readonly string[];
  readonly SoftwareUpdatePoint: readonly string[];
  readonly ArticleId: readonly string[];
  /** Where a command for a site that is not on this machine has to run. */
  readonly SitesBelow: readonly SiteBelow[];
  /** What is selected of each kind, as TypeName:Name. */
  readonly Subscribed: readonly string[];
  readonly Run: readonly Pick<Run, 'Id' | 'State' | 'StartTime'>[];
}

/** Makes it. */
export function* completionNames({
  siteCode,
  categories,
  articleIds,
  servers,
  languages,
  sitesBelow: below,
  selected,
  runs,
}: CompletionFacts): Steps<CompletionNames> {
  const { compare } = new Intl.Collator('en');
  const named = function* (texts: Steps<ReadonlySet<string>>): Steps<readonly string[]> {
    return yield* sorted(yield* texts, compare);
  };
  const titles = (typeName: string): Steps<readonly string[]> =>
    named(textsOf(categories, (row) => (isOffered(row) && row.typeName === typeName ? row.title : '')));
  return {
    SiteCode: siteCode,
    Product: yield* titles('Product'),
    ProductFamily: yield* titles('ProductFamily'),
    Company: yield* titles('Company'),
    UpdateClassification: yield* titles('UpdateClassification'),
    Language: languages,
    SoftwareUpdatePoint: servers,
    ArticleId: [...new Set(articleIds.filter((id) => id !== ''))],
    SitesBelow: below.map(({ SiteCode, ServerName }) => ({ SiteCode, ServerName })),
    Subscribed: yield* named(
      textsOf(categories, (row) => (selected.has(row.updateId) ? `${row.typeName}:${row.title}` : '')),
    ),
    Run: runs.map(({ Id, State, StartTime }) => ({ Id, State, StartTime })),
  };
}

/** Each text once; '' is none. */
function* textsOf<Item>(items: readonly Item[], textOf: (item: Item) => string): Steps<ReadonlySet<string>> {
  const texts = new Set<string>();
  for (const item of items) {
    const text = textOf(item);
    if (text !== '') texts.add(text);
    yield;
  }
  return texts;
}

/** Ids of all that is selected itself. */
function* idsOf({ selected }: Subscription): Steps<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const id of Object.values(selected).flat()) {
    ids.add(id);
    yield;
  }
  return ids;
}

/** What cannot be subscribed is shown by the list of categories, but not offered while somebody types. */
function isOffered({ title, allowSubscription }: Pick<CategoryRow, 'title' | 'allowSubscription'>): boolean {
  return title !== '' && allowSubscription;
}

/** Whether a run may have changed what `completion.json` names. */
export function mayChangeNames({ Counts }: Pick<Run, 'Counts'>): boolean {
  return [Counts.New, Counts.Revised, Counts.Expired, Counts.Removed, Counts.Categories].some((count) => count > 0);
}

/** KB numbers of so many updates, the newest: what people type. */
const NEWEST = 2000;
/** So many runs, the newest. */
const RUNS = 50;

/**
 * `completion.json` of a site folder: the names that PowerShell completes parameters with, without asking the engine.
 */
export class CompletionFile {
  readonly #context: SiteContext;
  #writing: Promise<void> = Promise.resolve();
  #waits = false;
  #written = '';

  constructor(context: SiteContext) {
    this.#context = context;
  }

  /** Writes it where there is none yet. */
  begin(): void {
    if (!filesOf(this.#context.site).existsSync(this.#path)) void this.refresh();
  }

  /**
   * Writes what the names are now, unless they are as before; fulfilled once they stand there. A failure is told in the
   * log.
   */
  async refresh(): Promise<void> {
    if (!this.#waits) {
      this.#waits = true;
      this.#writing = this.#writing.then(async () => {
        this.#waits = false;
        await this.#write().catch((error: unknown) =>
          this.#context.log.write(`The names for completion could not be written: ${reasonOf(error)}.`),
        );
      });
    }
    return this.#writing;
  }

  /** Waits until nothing is being written. */
  async ended(): Promise<void> {
    return this.#writing;
  }

  get #path(): string {
    return join(this.#context.site.path, SITE_FILES.completion);
  }

  async #write(): Promise<void> {
    const { database, site } = this.#context;
    const [categories, settings, runs, articleIds, points, nodes] = await Promise.all([
      database.categories(),
      readSettings(database, site.serverName),
      readRuns(database, { newest: RUNS }),
      database.newestArticles(NEWEST),
      readPoints(this.#context),
      storedNodes(database),
    ]);
    await turn();
    const selected = await inTurns(idsOf(settings.subscription));
    const steps = completionNames({
      siteCode: site.siteCode,
      categories,
      articleIds,
      servers: points.points.map((point) => point.serverName),
      languages: LANGUAGES.map((language) => language.name),
      sitesBelow: sitesBelow(
        nodes.filter((node) => node.revoked === ''),
        site.siteCode,
      ),
      selected,
      runs,
    });
    const names = await inTurns(steps);
    await turn();
    const text = `${JSON.stringify(names)}\n`;
    if (text === this.#written) return;
    await replaceFile(this.#path, text, {
      files: filesOf(site),
      mode: site.operators.length > 0 ? 0o660 : 0o600,
      sync: false,
    });
    this.#written = text;
  }
}
