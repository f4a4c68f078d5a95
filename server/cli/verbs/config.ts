import { randomUUID } from 'node:crypto';
import type { Component } from '../../contract/generated/types.js';
import { withLocalTimes } from '../../errors/localTime.js';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { componentSettings } from '../componentSettings.js';
import type { ConfigArgs, SiteArgs } from '../parser/options.js';
import { wrapped } from '../tableLines.js';

/** `config get`. */
export async function getConfig(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const component = await client.request('component/get', {}, context);
  if (context.json) printJson(context, component);
  else for (const [name, texts] of componentTexts(component)) context.print(entryLines(name, texts, context.width));
  return EXIT_CODES.done;
}

/** `config set`. */
export async function setConfig(args: ConfigArgs, context: CommandContext): Promise<number> {
  const settings = await componentSettings(args, context.input);
  if (Object.keys(settings).length === 0)
    throw new SyncError('ContradictoryParameters', { reason: 'config set needs at least one option to set' });
  const client = await clientOf(args, context);
  const before = context.json ? undefined : await client.request('component/get', {}, context);
  const { component, warnings } = await client.request(
    'component/set',
    { requestId: randomUUID(), ...settings },
    context,
  );
  tellWarnings(context, warnings);
  if (before === undefined) printJson(context, component);
  else if (!showChanges(componentTexts(before), componentTexts(component), context))
    context.print(
      // What was ignored is not in effect.
      warnings.length > 0 ? 'Nothing was changed.' : 'Nothing to change: these settings are already in effect.',
    );
  return EXIT_CODES.done;
}

/** False where nothing is other than before. */
function showChanges(before: ComponentTexts, after: ComponentTexts, context: CommandContext): boolean {
  const changed = [...after].filter(([name, texts]) => texts.join('\n') !== before.get(name)?.join('\n'));
  // When the next run is due changes by itself.
  const isSet = changed.some(([name]) => name !== 'NextSyncTime' && name !== 'NextSyncReason');
  for (const [name, texts] of isSet ? changed : [])
    context.print(entryLines(name, changeTexts(before.get(name) ?? [], texts), context.width));
  return isSet;
}

/** One value as it is now; of a list what came and what went. */
function changeTexts(before: readonly string[], after: readonly string[]): readonly string[] {
  if (before.length < 2 && after.length < 2) return after;
  const came = after.filter((text) => text !== '' && !before.includes(text)).map((text) => `+ ${text}`);
  return [...came, ...before.filter((text) => text !== '' && !after.includes(text)).map((text) => `- ${text}`)];
}

/** Each value with its texts: of a list each name, since names contain commas. */
type ComponentTexts = ReadonlyMap<string, readonly string[]>;

const INDENT = 42;
/** A terminal narrower than this breaks the lines itself. */
const LEAST = 20;

function entryLines(name: string, texts: readonly string[], width = Infinity): string {
  const size = Math.max(width - INDENT, LEAST);
  const [first = '', ...more] = width === Infinity ? texts : texts.flatMap((text) => wrapped(text, size));
  return [`${name.padEnd(INDENT - 2)}: ${first}`, ...more.map((text) => ' '.repeat(INDENT) + text)].join('\n');
}

function componentTexts(component: Component): ComponentTexts {
  const texts = new Map(
    SHOWN.map((name) => [name, [component[name] ?? ''].flat().map((value) => withLocalTimes(String(value)))]),
  );
  return texts.set('Products', component.ProductsWithFamily ?? component.Products);
}

const SHOWN = [
  'SiteCode',
  'ComponentName',
  'SynchronizeAction',
  'UpstreamSourceLocation',
  'Products',
  'ProductFamilies',
  'Companies',
  'UpdateClassifications',
  'PendingCategories',
  'MissingCategories',
  'LanguageSummaryDetails',
  'LanguageUpdateFiles',
  'ImmediatelyExpireSupersedence',
  'WaitMonth',
  'ImmediatelyExpireSupersedenceForFeature',
  'WaitMonthForFeature',
  'EnableCallWsusCleanupWizard',
  'EnableDeleteObsoleteUpdates',
  'ObsoleteAgeDays',
  'UpdatesCleanupAgeDays',
  'FullSyncIntervalDays',
  'MassExpiryLimitPercent',
  'FeatureUpdateMaxRuntimeMins',
  'NonFeatureUpdateMaxRuntimeMins',
  'NonWindowsUpdateMaxRuntimeMins',
  'AfterSyncCommand',
  'AfterSyncArguments',
  'ProxyServer',
  'NoProxy',
  'SourceCABundle',
  'ScheduleSpreadMinutes',
  'ScheduleDescription',
  'NextSyncTime',
  'NextSyncReason',
] as const;
