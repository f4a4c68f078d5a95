import type {
  StatusFilterRule,
  StatusRuleListRequest,
  StatusRuleListResult,
  StatusRuleRemoveRequest,
  StatusRuleRemoveResult,
  StatusRuleSetRequest,
  StatusRuleSetResult,
} from '../contract/generated/types.js';
import { namePattern } from '../criteria/names.js';
import type { StatusRule } from '../criteria/statusRules.js';
import { SyncError } from '../errors/SyncError.js';
import { checkHookFile } from '../platform/runHook.js';
import { programRefusal } from '../state/afterSyncRefusal.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readStatusRules, statusRulesChange } from '../state/statusRuleStore.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';

/** `statusRule/list`: the rules of that name, that of the highest priority first. */
export async function listStatusRules(
  { context }: ServiceParts,
  { name = '*', wildcard }: StatusRuleListRequest,
): Promise<StatusRuleListResult> {
  const pattern = namePattern(name, wildcard);
  const rules = await readStatusRules(context.database);
  return { rules: shown(rules, context).filter((rule) => pattern.test(rule.Name)) };
}

/** `statusRule/set`. @throws SyncError StatusFilterRuleExists, StatusFilterRuleNotFound, AfterSyncCommandInvalid */
export async function setStatusRules(
  { context }: ServiceParts,
  params: StatusRuleSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<StatusRuleSetResult> {
  if ((params.programPath ?? '') !== '') await checkHookFile(params.programPath ?? '');
  return context.settingsMutex.take(async () => {
    const { database } = context;
    const before = await readStatusRules(database);
    const isMeant = meant(params, before);
    const changed = params.isNew ? [...before, newRule(params)] : before;
    const after = moved(
      changed.map((rule) => (isMeant(rule) ? merged(rule, params) : rule)),
      isMeant,
      params.priority,
    );
    const rules = shown(after, context).filter(({ Name }) => isMeant({ name: Name }));
    const result = { rules, warnings: await warningsOf(context, after.filter(isMeant), params) };
    await database.commit({ settings: await statusRulesChange(database, after), ...keep(result) });
    return result;
  });
}

/** `statusRule/remove`. @throws SyncError StatusFilterRuleNotFound */
export async function removeStatusRules(
  { context }: ServiceParts,
  params: StatusRuleRemoveRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<StatusRuleRemoveResult> {
  return context.settingsMutex.take(async () => {
    const { database } = context;
    const before = await readStatusRules(database);
    const isMeant = meant({ ...params, isNew: false }, before);
    const result = { removed: before.filter(isMeant).map(({ name }) => name) };
    const after = before.filter((rule) => !isMeant(rule));
    await database.commit({ settings: await statusRulesChange(database, after), ...keep(result) });
    return result;
  });
}

type IsMeant = (rule: Pick<StatusRule, 'name'>) => boolean;

function meant(
  params: Pick<StatusRuleSetRequest, 'name' | 'wildcard' | 'isNew'>,
  rules: readonly StatusRule[],
): IsMeant {
  const { name, isNew, wildcard } = params;
  const pattern = namePattern(name, !isNew && wildcard === true);
  const isMeant: IsMeant = (rule) => pattern.test(rule.name);
  const isThere = rules.some(isMeant);
  if (isThere && isNew) throw new SyncError('StatusFilterRuleExists', { name });
  if (!isThere && !isNew) throw new SyncError('StatusFilterRuleNotFound', { name });
  return isMeant;
}

function newRule({ name }: StatusRuleSetRequest): StatusRule {
  return { name, isEnabled: true };
}

function merged(rule: StatusRule, params: StatusRuleSetRequest): StatusRule {
  const kept = { ...rule.kept, ...given(KEPT, params) };
  return {
    ...rule,
    ...given(EFFECTIVE, params),
    isEnabled: params.enabled ?? rule.isEnabled,
    ...(Object.keys(kept).length === 0 ? {} : { kept }),
  };
}

const EFFECTIVE = [
  'messageId',
  'componentName',
  'severityType',
  'messageType',
  'siteSystemServerName',
  'statusFilterRuleSiteCode',
  'source',
  'reportToEventLog',
  'runProgram',
  'programPath',
  'processLowerPriorityRule',
] as const;
const KEPT = [
  'propertyId',
  'propertyValue',
  'allowDeleteAfterDays',
  'forwardToStatusSummarizer',
  'replicateToParentSite',
  'replicationPriority',
  'writeToDatabase',
] as const;

function given<Name extends keyof StatusRuleSetRequest>(
  names: readonly Name[],
  params: StatusRuleSetRequest,
): Partial<Pick<StatusRuleSetRequest, Name>> {
  const entries = names.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]] as const]));
  return Object.fromEntries(entries) as Partial<Pick<StatusRuleSetRequest, Name>>;
}

/** The first rule that is meant by one place; that of the highest priority stands first. */
function moved(
  rules: readonly StatusRule[],
  isMeant: IsMeant,
  priority: StatusRuleSetRequest['priority'],
): readonly StatusRule[] {
  const from = rules.findIndex(isMeant);
  const to = priority === undefined ? from : from + (priority === 'Increase' ? -1 : 1);
  const [rule, other] = [rules[from], rules[to]];
  if (rule === undefined || other === undefined) return rules;
  return rules.with(from, other).with(to, rule);
}

async function warningsOf(
  context: SiteContext,
  rules: readonly StatusRule[],
  params: StatusRuleSetRequest,
): Promise<string[]> {
  const idle = Object.keys(given(KEPT, params)).filter((name) => !['propertyId', 'writeToDatabase'].includes(name));
  const silent = rules.find(({ reportToEventLog, runProgram }) => reportToEventLog !== true && runProgram !== true);
  const without = rules.find(({ runProgram, programPath = '' }) => runProgram === true && programPath === '');
  const program = rules.find(
    ({ runProgram, programPath = '' }) => runProgram === true && programPath !== '',
  )?.programPath;
  const refusal =
    program === undefined || params.programPath === program ? undefined : await programRefusal(context, program);
  const byService = context.refusesAfterSyncCommand === true && program !== undefined && refusal === undefined;
  return [
    ...(idle.length === 0 ? [] : [`Stored without effect: ${idle.map(parameterName).join(', ')}.`]),
    ...(params.propertyId === undefined
      ? []
      : ['No message has properties here: with PropertyId the rule is for none.']),
    ...(silent === undefined ? [] : [`The rule ${silent.name} does nothing: give ReportToEventLog or RunProgram.`]),
    ...(without === undefined ? [] : [`The rule ${without.name} has no program to run: give ProgramPath.`]),
    ...(refusal === undefined ? [] : [refusal]),
    ...(byService ? [(await programRefusal(context, program)) ?? ''] : []),
  ];
}

function parameterName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function shown(rules: readonly StatusRule[], { site }: Pick<SiteContext, 'site'>): StatusFilterRule[] {
  return rules.map((rule, index) => ({
    PropertyListName: rule.name,
    Values: valuesOf(rule),
    SiteCode: site.siteCode,
    Name: rule.name,
    Priority: index + 1,
    Enabled: rule.isEnabled,
    MessageId: rule.messageId ?? null,
    ComponentName: rule.componentName ?? '',
    SeverityType: rule.severityType ?? 'None',
    ReportToEventLog: rule.reportToEventLog ?? false,
    RunProgram: rule.runProgram ?? false,
    ProgramPath: rule.programPath ?? '',
  }));
}

function valuesOf({ name: _name, isEnabled, kept = {}, ...rest }: StatusRule): string[] {
  const all = { enabled: isEnabled, ...rest, ...kept };
  return Object.entries(all).map(([name, value]) => `${parameterName(name)}=${String(value)}`);
}
