import type { ServiceParts } from '../api/ServiceParts.js';
import { createEngineService } from '../api/createEngineService.js';
import { ownAnswers } from '../api/ownAnswers.js';
import type { Run } from '../contract/generated/types.js';
import type { ParentRecord } from '../link/ParentRecord.js';
import { SiteLinks } from '../link/SiteLinks.js';
import type { CarryToOwner } from '../link/ownersWork.js';
import { SiteHierarchy } from '../link/fanOut/SiteHierarchy.js';
import { Maintainer } from '../maintenance/Maintainer.js';
import { Deliverer } from '../notify/Deliverer.js';
import type { SendMessage } from '../notify/Deliverer.js';
import type { Ticker } from '../platform/cronTicker.js';
import type { EngineService } from '../rpc/requests.js';
import { SiteActivity } from '../state/SiteActivity.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { EngineLog } from '../status/engineLog.js';
import { SyncRunner } from '../sync/SyncRunner.js';
import type { BatchReader } from '../sync/reading/BatchReader.js';
import { AlertWatch } from './AlertWatch.js';
import { Scheduler } from './scheduler.js';
import { statusPage } from './statusPage.js';
import { type RuleActions, StatusRuleWatch } from './StatusRuleWatch.js';

/** What an engine is put together over, and whom it tells what. */
export interface Surroundings extends Pick<
  ServiceParts,
  'keepProxyPassword' | 'onNamesChange' | 'stop' | 'handOver' | 'lastHeartbeat' | 'servers' | 'carrier'
> {
  readonly context: SiteContext;
  /** What the site knows of itself as a node of its parent; undefined at the top. */
  readonly record: ParentRecord | undefined;
  readonly ticker: Ticker;
  readonly log: EngineLog;
  /** Has the owner do what nodes ask for, where several servers share the site. */
  readonly carryLink?: CarryToOwner | undefined;
  /** Makes what reads the documents of a run; the run itself reads them if not given. */
  readonly openReader?: () => Promise<BatchReader>;
  /** Called when a run or a maintenance begins, and when one has ended. */
  readonly onBusy: () => void;
  readonly onIdle: () => void;
  /** What status filter rules have done; nothing where nobody does it. */
  readonly ruleActions?: RuleActions;
  /** Free space where the site lies; undefined where nobody says it. */
  readonly freeBytes?: () => number | undefined;
  /** Called once a run is under way. */
  readonly onRun: () => void;
  /** Sends an alert to one receiver. */
  readonly sendAlert: SendMessage;
  /** Called when alerts are on their way, and when none is any more. */
  readonly onSending?: () => void;
  readonly onSent?: () => void;
  /** Called with every finished run, before maintenance and the nodes below follow it. */
  readonly onRunEnd: (run: Run) => void;
}

/** The parts of an open site. */
export interface EngineParts {
  readonly activity: SiteActivity;
  readonly runner: SyncRunner;
  readonly maintainer: Maintainer;
  readonly hierarchy: SiteHierarchy;
  readonly alerts: AlertWatch;
  readonly statusRules: StatusRuleWatch;
  readonly scheduler: Scheduler;
  readonly deliverer: Deliverer;
  readonly links: SiteLinks;
  readonly service: EngineService;
}

const NO_ACTIONS: RuleActions = { report: async () => Promise.resolve(), run: async () => Promise.resolve() };

/** Puts an engine together: the one of the product, and the one that tests ask. */
export function assemble(surroundings: Surroundings): EngineParts {
  const { context, ticker, lastHeartbeat } = surroundings;
  const activity = new SiteActivity({ onBusy: surroundings.onBusy, onIdle: surroundings.onIdle });
  const maintainer = new Maintainer(context, activity);
  const deliverer = createDeliverer(surroundings);
  const runner = new SyncRunner(context, {
    activity,
    openReader: surroundings.openReader,
    onBegin: surroundings.onRun,
    onEnd: async (run) => {
      deliverer.wake();
      const told = hierarchy.runEnded(run);
      void alerts.look();
      void statusRules.look();
      surroundings.onRunEnd(run);
      maintainer.followSync(run);
      await told;
    },
  });
  const hierarchy = new SiteHierarchy({ context, runner, ticker, answers: ownAnswers(context, lastHeartbeat) });
  const alerts = createAlertWatch(surroundings, { runner, hierarchy, deliverer });
  const statusRules = createRuleWatch(surroundings, runner);
  const scheduler = new Scheduler({ context, runner, ticker });
  const links = createLinks(surroundings, { runner, hierarchy, service: () => service });
  const asked = { runner, maintainer, hierarchy, alerts, deliverer, links };
  const service = createService(surroundings, asked);
  return { activity, statusRules, scheduler, service, ...asked };
}

function createDeliverer({ context, ticker, sendAlert, onSending, onSent }: Surroundings): Deliverer {
  return new Deliverer({
    context,
    ticker,
    send: sendAlert,
    onBusy: onSending ?? (() => undefined),
    onIdle: onSent ?? (() => undefined),
  });
}

function createAlertWatch(
  { context, ticker, freeBytes, lastHeartbeat }: Surroundings,
  { runner, hierarchy, deliverer }: Pick<EngineParts, 'runner' | 'hierarchy' | 'deliverer'>,
): AlertWatch {
  return new AlertWatch({
    context,
    ticker,
    freeBytes: freeBytes ?? ((): undefined => undefined),
    surroundings: () => ({
      nodes: hierarchy.nodes(),
      heartbeat: lastHeartbeat(),
      isRunning: runner.current !== undefined,
    }),
    onChange: () => {
      hierarchy.changed();
      deliverer.wake();
    },
  });
}

/** The rules are looked at with every new phase of a run, too. */
function createRuleWatch(
  { context, ticker, ruleActions, onBusy, onIdle }: Surroundings,
  runner: SyncRunner,
): StatusRuleWatch {
  const rules = new StatusRuleWatch({ context, ticker, actions: ruleActions ?? NO_ACTIONS, onBusy, onIdle });
  let phase = '';
  runner.watch(({ RunId, Phase }) => {
    if (phase !== `${RunId} ${Phase}`) void rules.look();
    phase = `${RunId} ${Phase}`;
  });
  return rules;
}

function createLinks(
  { context, record, log, carryLink, onNamesChange }: Surroundings,
  { runner, hierarchy, service }: Pick<EngineParts, 'runner' | 'hierarchy'> & { readonly service: () => EngineService },
): SiteLinks {
  return new SiteLinks({
    context,
    record,
    log,
    page: statusPage({ context, log, service, runner }),
    carry: carryLink,
    onOpen: async (host) => {
      host.nodes.onSites(() => onNamesChange?.());
      await hierarchy.connect(host);
    },
  });
}

function createService(
  surroundings: Surroundings,
  { alerts, deliverer, ...parts }: Omit<EngineParts, 'activity' | 'statusRules' | 'scheduler' | 'service'>,
): EngineService {
  const { context, keepProxyPassword, onNamesChange, stop, handOver, servers, carrier, lastHeartbeat } = surroundings;
  return createEngineService({
    context,
    ...parts,
    keepProxyPassword,
    onNamesChange,
    stop,
    handOver,
    servers,
    carrier,
    lastHeartbeat,
    lookAtAlerts: () => void alerts.look(),
    onChange: () => deliverer.wake(),
  });
}
