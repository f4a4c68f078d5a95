import type { LinkFinding, LinkReport, Run, Site, SUPSyncStatus } from '../../contract/generated/types.js';
import type { Ticker } from '../../platform/cronTicker.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { readHandled } from '../../state/hierarchyState.js';
import type { SyncRunner } from '../../sync/SyncRunner.js';
import type { ChildLink, LinkedNode, ParentLinks } from '../LinkedNode.js';
import { FanOut } from './FanOut.js';
import { ParentFollower } from './ParentFollower.js';

/** The ends of the links that an engine has: to the nodes below, to its parent, both or none. */
interface HierarchyLinks {
  readonly children?: ParentLinks | undefined;
  readonly parent?: ChildLink | undefined;
  /** The sites that are known below. */
  sitesBelow(): readonly Site[];
}

/** What the place of a site in its hierarchy needs beside the links. */
interface HierarchyOptions {
  readonly context: SiteContext;
  readonly runner: Pick<SyncRunner, 'current' | 'start' | 'watch'>;
  readonly ticker: Ticker;
  readonly answers: OwnAnswers;
}

/** What is reported to the parent: the answers that the site itself gives, with the nodes below it. */
export interface OwnAnswers {
  status(nodes: readonly LinkedNode[]): Promise<readonly SUPSyncStatus[]>;
  softwareUpdatePoints(nodes: readonly LinkedNode[]): Promise<LinkReport['softwareUpdatePoints']>;
  alerts(nodes: readonly LinkedNode[]): Promise<LinkReport['alerts']>;
  findings(nodes: readonly LinkedNode[], isRunning: boolean): Promise<readonly LinkFinding[]>;
}

/**
 * A site between its parent and the nodes below it: what comes from above goes down, what is reported below goes up.
 */
export class SiteHierarchy {
  readonly #options: HierarchyOptions;
  #fanOut: FanOut | undefined;
  #follower: ParentFollower | undefined;
  readonly #unwatch: () => void;
  #phase = '';

  constructor(options: HierarchyOptions) {
    this.#options = options;
    this.#unwatch = options.runner.watch(({ RunId, Phase }) => {
      const phase = `${RunId} ${Phase}`;
      if (phase !== this.#phase) this.changed();
      this.#phase = phase;
    });
  }

  /** Takes the links up, once they are there. */
  async connect(links: HierarchyLinks): Promise<void> {
    const { children, parent } = links;
    const { context, runner, ticker } = this.#options;
    if (children !== undefined)
      this.#fanOut = await FanOut.open({ context, links: children, ticker, onChange: () => this.changed() });
    if (parent === undefined) return;
    this.#follower = new ParentFollower({
      context,
      runner,
      link: parent,
      report: async () => this.#report(links),
      onSettings: () => this.settingsChanged(),
    });
    this.changed();
  }

  /** What is stored of the link to the parent is how it is, or could not be found out in so many milliseconds. */
  async settled(milliseconds: number): Promise<void> {
    await this.#follower?.settled(milliseconds);
  }

  /** The nodes below with their newest reports. */
  nodes(): readonly LinkedNode[] {
    return this.#fanOut?.nodes() ?? [];
  }

  /** Rows or what was handled have changed: the parent is told. */
  changed(): void {
    this.#follower?.changed();
  }

  /** This server owns the site from now on. */
  takenUp(): void {
    this.#fanOut?.takenUp();
    this.changed();
  }

  /** Settings that flow down may have changed. */
  settingsChanged(): void {
    this.#fanOut?.settingsChanged();
  }

  /**
   * After every synchronization: the nodes below are asked, a request that came meanwhile is followed. Fulfilled once
   * the sites below are told.
   */
  async runEnded(run: Run): Promise<void> {
    this.changed();
    const told = this.#fanOut?.runEnded(run);
    this.#follower?.look();
    await told;
  }

  /** Nothing is passed on any more. */
  async stop(): Promise<void> {
    this.#unwatch();
    await this.#follower?.stop();
    await this.#fanOut?.stop();
  }

  async #report(links: HierarchyLinks): Promise<LinkReport> {
    const { context, answers, runner } = this.#options;
    const nodes = this.nodes();
    return {
      moduleVersion: context.version,
      siteCode: context.site.siteCode,
      statuses: [...(await answers.status(nodes))],
      handled: await readHandled(context.database),
      sites: [...links.sitesBelow()],
      softwareUpdatePoints: await answers.softwareUpdatePoints(nodes),
      alerts: await answers.alerts(nodes),
      findings: [...(await answers.findings(nodes, runner.current !== undefined))],
    };
  }
}
