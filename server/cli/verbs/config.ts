import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import type { Component, ComponentSetRequest } from '../../contract/generated/types.js';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { clientOf, defined } from '../clientOf.js';
import { type CommandContext, exitCodes, printJson } from '../CommandContext.js';
import type { ConfigArgs, SiteArgs } from '../options.js';

type Settings = Omit<ComponentSetRequest, 'requestId'>;

/** `config get`. */
export async function getConfig(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return showComponent(await client.request('component/get', {}, context), context);
}

/** `config set`. */
export async function setConfig(args: ConfigArgs, context: CommandContext): Promise<number> {
  const settings = await settingsOf(args);
  if (Object.keys(settings).length === 0) throw new SyncError('ContradictoryParameters', { reason: 'config set was given nothing to set' });
  const client = await clientOf(args, context);
  const { component, warnings } = await client.request('component/set', { requestId: randomUUID(), ...settings }, context);
  for (const warning of warnings) context.tell(`Warning: ${warning}`);
  return showComponent(component, context);
}

async function settingsOf(args: ConfigArgs): Promise<Settings> {
  return defined({ ...sourceOf(args), ...categoriesOf(args), ...(await connectionOf(args)), schedule: scheduleOf(args) });
}

/** The one of the three sources that was named. */
function sourceOf(args: ConfigArgs): Settings {
  const named = [args.upstream !== undefined, args['microsoft-update'], args['no-source']].filter((given) => given === true);
  if (named.length > 1) throw new SyncError('ContradictoryParameters', { reason: 'Only one of --upstream, --microsoft-update and --no-source can be given' });
  if (args.upstream !== undefined) return { synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation', upstreamSourceLocation: args.upstream };
  if (args['microsoft-update'] === true) return { synchronizeAction: 'SynchronizeFromMicrosoftUpdate' };
  return args['no-source'] === true ? { synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' } : {};
}

function categoriesOf(args: ConfigArgs): Settings {
  return {
    addProduct: args['add-product'], removeProduct: args['remove-product'], setProduct: args['set-product'],
    addProductFamily: args['add-family'], removeProductFamily: args['remove-family'], setProductFamily: args['set-family'],
    addCompany: args['add-company'], removeCompany: args['remove-company'], setCompany: args['set-company'],
    addUpdateClassification: args['add-classification'], removeUpdateClassification: args['remove-classification'], setUpdateClassification: args['set-classification'],
    addLanguageSummaryDetail: args['add-language'], removeLanguageSummaryDetail: args['remove-language'],
    addLanguageUpdateFile: args['add-file-language'], removeLanguageUpdateFile: args['remove-file-language'],
    allProducts: args['all-products'], allClassifications: args['all-classifications'], allowPending: args['allow-pending'],
  };
}

function scheduleOf(args: ConfigArgs): string | undefined {
  if (args['no-schedule'] === true && args.schedule !== undefined) throw new SyncError('ContradictoryParameters', { reason: 'Only one of --schedule and --no-schedule can be given' });
  return args['no-schedule'] === true ? '' : args.schedule;
}

async function connectionOf(args: ConfigArgs): Promise<Settings> {
  if (args['no-proxy'] === true && args.proxy !== undefined) throw new SyncError('ContradictoryParameters', { reason: 'Only one of --proxy and --no-proxy can be given' });
  return {
    proxyServer: args['no-proxy'] === true ? '' : args.proxy,
    proxyUserName: args['proxy-user'],
    proxyPassword: args['proxy-password-stdin'] === true ? (await readAll(process.stdin)).replace(/\r?\n$/, '') : undefined,
    noProxy: args['proxy-bypass'],
    sourceCABundle: await bundleOf(args['ca-bundle']),
  };
}

async function bundleOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || path === '') return path;
  try {
    return await readFile(path, 'utf8');
  } catch (caught) {
    throw new SyncError('CABundleInvalid', { path, reason: reasonOf(caught) }, { cause: caught });
  }
}

function showComponent(component: Component, context: CommandContext): number {
  if (context.json) printJson(context, component);
  else for (const line of componentLines(component)) context.print(line);
  return exitCodes.done;
}

function componentLines(component: Component): readonly string[] {
  const shown = ['SiteCode', 'ComponentName', 'SynchronizeAction', 'UpstreamSourceLocation', 'Products', 'ProductFamilies', 'Companies', 'UpdateClassifications', 'PendingCategories', 'MissingCategories',
    'LanguageSummaryDetails', 'LanguageUpdateFiles', 'ProxyServer', 'NoProxy', 'SourceCABundle', 'NextSyncTime', 'NextSyncReason'] as const;
  return shown.map((name) => `${name.padEnd(23)}: ${[component[name]].flat().join(', ')}`);
}
