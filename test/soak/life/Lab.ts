import { expect } from 'chai';
import type { Run } from '../../../server/contract/generated/types.js';
import { realFiles } from '../../../server/store/StorePlace.js';
import type { StoreFiles } from '../../../server/store/StorePlace.js';
import { TestSite } from '../../engine/TestSite.js';
import { ModelSite } from './ModelSite.js';
import type { ModelRequest, ModelSettings } from './ModelSite.js';
import { ScriptedUpstream } from './ScriptedUpstream.js';
import { DAY } from './addMonths.js';
import { compareCounts, compareFetched } from './compareRun.js';
import { compareSites } from './compareSites.js';

/** What survives a power failure is not asked here, and waiting for the disk takes most of the time. */
const UNSYNCED: StoreFiles = {
  ...realFiles,
  fdatasyncSync: () => undefined,
  fsyncSync: () => undefined,
  fdatasync: (_descriptor, done) => done(null),
};
const HOUR = 60 * 60 * 1000;
export const START = Date.UTC(2024, 5, 1);

/** A site that follows a scripted upstream, and beside it the model of what it should hold. */
export class Lab {
  /** Rounds so far; every round takes an hour, so that no two of them are whole days apart. */
  #rounds = 0;
  #days = 0;
  readonly #ciIds = new Map<string, number>();

  private constructor(
    readonly upstream: ScriptedUpstream,
    readonly site: TestSite,
    readonly model: ModelSite,
  ) {}

  static async open(folder: string, upstream = new ScriptedUpstream()): Promise<Lab> {
    const site = await TestSite.open(folder, { files: UNSYNCED });
    Object.assign(site.context, { createSource: async () => Promise.resolve(upstream) });
    return new Lab(upstream, site, new ModelSite());
  }

  get now(): number {
    return START + this.#days * DAY + this.#rounds * HOUR;
  }

  async close(): Promise<void> {
    return this.site.database.close();
  }

  /** Time passes for the site and its upstream. */
  pass(days: number): void {
    this.#days += days;
    this.upstream.clock = this.now;
  }

  /** Selects and deselects categories by their ids, with the site's own command. */
  async subscribe(
    changes: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
    type: 'Product' | 'ProductFamily' | 'Company' | 'UpdateClassification',
  ): Promise<void> {
    await this.site.set({
      ...(changes.add === undefined ? {} : { [`add${type}`]: changes.add }),
      ...(changes.remove === undefined ? {} : { [`remove${type}`]: changes.remove }),
    });
    const kept = [...this.model.settings.selected].filter((id) => changes.remove?.includes(id) !== true);
    this.model.select(new Set([...kept, ...(changes.add ?? [])]));
  }

  /** Changes rules of both, with the site's own command. */
  async setRules(rules: Partial<Pick<ModelSettings, 'rule' | 'featureRule' | 'cleanupAgeDays'>>): Promise<void> {
    this.model.settings = { ...this.model.settings, ...rules };
    const { rule, featureRule, cleanupAgeDays } = this.model.settings;
    await this.site.set({
      immediatelyExpireSupersedence: rule.immediately,
      ...(rule.immediately ? {} : { waitMonth: rule.months }),
      updatesCleanupAgeDays: cleanupAgeDays,
      immediatelyExpireSupersedenceForFeature: featureRule.immediately,
      ...(featureRule.immediately ? {} : { waitMonthForFeature: featureRule.months }),
    });
  }

  /** One synchronization of both; everything the site says and holds afterwards is compared with the model. */
  async sync(what: string, request: Omit<ModelRequest, 'now' | 'isReplaced'> = {}): Promise<Run> {
    this.#rounds += 1;
    this.upstream.clock = this.now;
    this.site.clock = this.now;
    this.upstream.forgetCalls();
    this.site.lines.length = 0;
    const versionBefore = (await this.site.status()).SyncCatalogVersion;
    const { isReplaced } = this.upstream;
    const run = await this.site.sync(request);
    const asked = [...this.upstream.asked].sort();
    const expected = this.model.sync(this.upstream, { ...request, isReplaced, now: this.now });
    const compared = {
      what,
      run,
      expected,
      asked,
      filters: this.upstream.filters,
      lines: this.site.lines,
      versionBefore,
    };
    compareFetched(compared);
    await compareSites(this.site, this.model, what);
    compareCounts(compared);
    await this.#checkCiIds(what);
    return run;
  }

  /** A number once given stays with its update, whatever happens to it. */
  async #checkCiIds(what: string): Promise<void> {
    for (const update of await this.site.updates({ includeUpgrade: true })) {
      const known = this.#ciIds.get(update.CI_UniqueID) ?? update.CI_ID;
      expect(update.CI_ID, `${what}: CI_ID of ${update.LocalizedDisplayName}`).to.equal(known);
      this.#ciIds.set(update.CI_UniqueID, known);
    }
  }
}
