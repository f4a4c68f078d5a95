import { alertsAfter } from '../monitor/alertsAfter.js';
import type { AlertFacts } from '../monitor/AlertFacts.js';
import { alertReadings } from '../monitor/alertReadings.js';
import { ALERT_KINDS } from '../criteria/alertKinds.js';
import { CHANGE } from '../criteria/changeKinds.js';
import { SEVERITY } from '../criteria/severities.js';
import { certificateEnds } from '../link/certificates/siteCertificates.js';
import { reasonOf } from '../errors/SyncError.js';
import type { Run } from '../contract/generated/types.js';
import { type AlertChange, readAlertSaid, readConditionAlerts } from '../state/alertStore.js';
import type { SiteContext } from '../state/SiteContext.js';
import { changedState, readState, STATE } from '../state/siteState.js';
import { readRuns } from '../state/storedRuns.js';
import { damageByTheHour } from './storeDamage.js';
import { healthFacts, type HealthSurroundings } from './health.js';

/** What is known of the newest run that succeeded: it is worked out once. */
interface KnownRun {
  readonly id: number;
  readonly updates: number;
  readonly critical: AlertFacts['critical'];
}

/** A look at all conditions of alerts, every minute and after each run: what has not changed is not read again. */
export class AlertLook {
  readonly #context: SiteContext;
  readonly #freeBytes: () => number | undefined;
  readonly #damage: () => Promise<readonly string[]>;
  #known: KnownRun = { id: 0, updates: 0, critical: undefined };
  #brokenCertificates = '';

  constructor(context: SiteContext, freeBytes: () => number | undefined) {
    this.#context = context;
    this.#freeBytes = freeBytes;
    this.#damage = damageByTheHour(context);
  }

  async facts(surroundings: HealthSurroundings): Promise<AlertFacts> {
    const { database, site } = this.#context;
    const newest = await readRuns(database, { newest: ALERT_KINDS.RepeatedFailure.most + 1 });
    const ended = newest.filter(({ State }) => State !== 'Running');
    const success = await newestSuccess(database, ended);
    const { updates, critical } = await this.#knownOf(success);
    return {
      ...(await healthFacts(this.#context, surroundings, await this.#damage())),
      ended: success === undefined || ended.includes(success) ? ended : [...ended, success],
      updates,
      critical,
      vanished: await this.#vanished(),
      freeBytes: this.#freeBytes(),
      folder: site.path,
      certificates: this.#certificates(),
    };
  }

  /** The part of a transaction that the facts make of the alerts; empty where they change nothing. */
  async change(facts: AlertFacts): Promise<AlertChange> {
    const { database, site } = this.#context;
    const before = await readConditionAlerts(database);
    const around = { siteCode: site.siteCode, said: await readAlertSaid(database), now: facts.now };
    const { stored, events } = alertsAfter(alertReadings(facts), before, around);
    if (before.alerts.length === 0 && stored.alerts.length === 0) return { settings: {}, events };
    return { settings: await changedState(database, { conditionAlerts: stored }), events };
  }

  async #knownOf(run: Run | undefined): Promise<KnownRun> {
    if (run === undefined || run.Id === this.#known.id) return this.#known;
    const { database } = this.#context;
    const { New, Expired } = run.Counts;
    const hasChanged = New + Expired > 0;
    this.#known = {
      id: run.Id,
      updates: hasChanged ? (await database.updateSummary()).updates : 0,
      critical: New > 0 ? await this.#criticalOf(run) : undefined,
    };
    return this.#known;
  }

  /** All is new to the first synchronization: that says nothing. */
  async #criticalOf({ Id }: Run): Promise<AlertFacts['critical']> {
    const { database } = this.#context;
    const [earlier] = await readRuns(database, { newest: 1, state: 'Succeeded', before: Id });
    if (earlier === undefined) return undefined;
    const added = (await database.runChanges(Id)).filter(({ kinds }) => (kinds & CHANGE.New) !== 0);
    const titles = await database.updateTitles(added.map(({ ciId }) => ciId));
    const critical = [...titles.values()].filter(({ severity }) => severity === SEVERITY.Critical);
    return { count: critical.length, titles: critical.map(({ title }) => title) };
  }

  async #vanished(): Promise<AlertFacts['vanished']> {
    const { database } = this.#context;
    const missing = new Set((await readState(database, STATE.missingCategories)) ?? []);
    if (missing.size === 0) return [];
    const names = new Map((await database.categories()).map(({ updateId, title }) => [updateId, title]));
    return [...missing].map((id) => ({ id, name: names.get(id) ?? id }));
  }

  /** That they cannot be read is told once, and raises nothing: the engine does not start with them. */
  #certificates(): AlertFacts['certificates'] {
    try {
      return certificateEnds(this.#context.site);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason !== this.#brokenCertificates) this.#context.log.write(reason);
      this.#brokenCertificates = reason;
      return [];
    }
  }
}

/** However many have failed since. */
async function newestSuccess(database: SiteContext['database'], ended: readonly Run[]): Promise<Run | undefined> {
  const [found] = ended.filter(({ State }) => State === 'Succeeded');
  return found ?? (await readRuns(database, { newest: 1, state: 'Succeeded' }))[0];
}
