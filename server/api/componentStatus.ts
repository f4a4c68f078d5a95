import type {
  ComponentStatus,
  ComponentStatusClearRequest,
  ComponentStatusClearResult,
  ComponentStatusListRequest,
  ComponentStatusListResult,
} from '../contract/generated/types.js';
import {
  clearedAfter,
  type ClearedCounts,
  type ComponentCount,
  COUNTED_SEVERITIES,
  type CountedMessage,
  countMessages,
} from '../criteria/componentCounts.js';
import { namePattern } from '../criteria/names.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
import { severityOf } from '../status/statusMessage.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { COMPONENT, type StoredStatusMessage } from './messages.js';

const PAGE = 1000;
const SEVERITY = { E: 'Error', W: 'Warning', I: 'Information' } as const;

type Wanted = Pick<ComponentStatusListRequest, 'componentName' | 'computerName' | 'wildcard'>;

/** `componentStatus/list`: how many messages each component has reported since they were last set to zero. */
export async function listComponentStatus(
  { context }: Pick<ServiceParts, 'context'>,
  params: ComponentStatusListRequest,
): Promise<ComponentStatusListResult> {
  const cleared = await readCleared(context);
  const countSince = await meantCounts(context, params);
  return { components: countSince(cleared).map((one) => shown(context, one, cleared)) };
}

/** `componentStatus/clear`: counts from now on. */
export async function clearComponentStatus(
  { context }: Pick<ServiceParts, 'context'>,
  params: ComponentStatusClearRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<ComponentStatusClearResult> {
  return context.settingsMutex.take(async () => {
    const { database } = context;
    const before = await readCleared(context);
    const countSince = await meantCounts(context, params);
    const machines = countSince(before).map(({ machineName }) => machineName);
    const severities = params.severity === 'All' ? COUNTED_SEVERITIES : [params.severity];
    const upTo = (await database.nextIds()).message - 1;
    const after = clearedAfter(before, machines, { severities, upTo, time: context.now().getTime() });
    const components = countSince(after).map((one) => shown(context, one, after));
    const result = { components, warnings: components.length === 0 ? [nothingMeant(params)] : [] };
    await database.commit({ settings: stateChange({ clearedCounts: after }), ...keep(result) });
    return result;
  });
}

function nothingMeant({ componentName = '*', computerName }: Wanted): string {
  const where = computerName === undefined ? '' : ` on ${computerName}`;
  return (
    `This site has no component ${componentName}${where}: no count was set to zero. Get-CMSyncComponentStatus ` +
    '(configmgrsync component-status list) shows the components.'
  );
}

async function readCleared({ database }: SiteContext): Promise<ClearedCounts> {
  return (await readState(database, STATE.clearedCounts)) ?? {};
}

/** Counts of what is meant, from any clearing on: the messages are read once. */
async function meantCounts(
  context: SiteContext,
  { componentName, computerName, wildcard }: Wanted,
): Promise<(cleared: ClearedCounts) => readonly ComponentCount[]> {
  const isNamed = (name: string | undefined, value: string): boolean =>
    name === undefined || namePattern(name, wildcard).test(value);
  if (!isNamed(componentName, COMPONENT)) return () => [];
  const messages = await storedMessages(context);
  const { serverName } = context.site;
  return (cleared) =>
    countMessages([serverName], messages, cleared).filter(({ machineName }) => isNamed(computerName, machineName));
}

async function storedMessages({ database }: SiteContext): Promise<readonly CountedMessage[]> {
  const messages: CountedMessage[] = [];
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = await database.messages({ after, from: 0, limit: PAGE });
    messages.push(...page.map(({ id, json }) => counted(id, JSON.parse(json) as StoredStatusMessage)));
    after = page.length === PAGE ? page.at(-1)?.id : undefined;
  }
  return messages;
}

function counted(id: number, { serverName, messageId, time }: StoredStatusMessage): CountedMessage {
  return { id, machineName: serverName, severity: SEVERITY[severityOf(messageId)], time };
}

function shown({ site }: SiteContext, one: ComponentCount, cleared: ClearedCounts): ComponentStatus {
  const { machineName, counts, lastContacted } = one;
  const time = cleared[machineName.toLowerCase()]?.time;
  return {
    ComponentName: COMPONENT,
    MachineName: machineName,
    SiteCode: site.siteCode,
    Errors: counts.Error,
    Warnings: counts.Warning,
    Infos: counts.Information,
    LastContacted: lastContacted ?? null,
    LastCleared: time === undefined ? null : new Date(time).toISOString(),
  };
}
