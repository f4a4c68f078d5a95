import { randomUUID } from 'node:crypto';
import type { Component } from '../../contract/generated/types.js';
import { withLocalTimes } from '../../errors/localTime.js';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { componentSettings } from '../componentSettings.js';
import type { ConfigArgs, SiteArgs } from '../options.js';

/** `config get`. */
export async function getConfig(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return showComponent(await client.request('component/get', {}, context), context);
}

/** `config set`. */
export async function setConfig(args: ConfigArgs, context: CommandContext): Promise<number> {
  const settings = await componentSettings(args, context.input);
  if (Object.keys(settings).length === 0)
    throw new SyncError('ContradictoryParameters', { reason: 'config set was given nothing to set' });
  const client = await clientOf(args, context);
  const { component, warnings } = await client.request(
    'component/set',
    { requestId: randomUUID(), ...settings },
    context,
  );
  tellWarnings(context, warnings);
  return showComponent(component, context);
}

function showComponent(component: Component, context: CommandContext): number {
  if (context.json) printJson(context, component);
  else for (const line of componentLines(component)) context.print(line);
  return EXIT_CODES.done;
}

function componentLines(component: Component): readonly string[] {
  const shown = [
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
    'NextSyncTime',
    'NextSyncReason',
  ] as const;
  return shown.map((name) => `${name.padEnd(40)}: ${withLocalTimes([component[name]].flat().join(', '))}`);
}
