import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ComponentSetRequest } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { defined } from './CommandContext.js';
import type { ConfigArgs } from './parser/options.js';
import { readSecret } from './readSecret.js';

/** Members that are undefined were not given. */
type Settings = { [Key in keyof Omit<ComponentSetRequest, 'requestId'>]: ComponentSetRequest[Key] | undefined };

/**
 * What `config set` was given, the password on `input`, as the parameters of `component/set`.
 * @throws SyncError ContradictoryParameters, InvalidRequest, CABundleInvalid
 */
export async function componentSettings(args: ConfigArgs, input: Readable): Promise<Settings> {
  return defined({
    ...sourceOf(args),
    ...categoriesOf(args),
    ...rulesOf(args),
    ...(await connectionOf(args, input)),
    schedule: scheduleOf(args),
  });
}

/** The one of the three sources that was named. */
function sourceOf(args: ConfigArgs): Settings {
  const named = [args.upstream !== undefined, args['microsoft-update'], args['no-source']].filter(
    (given) => given === true,
  );
  if (named.length > 1)
    throw new SyncError('ContradictoryParameters', {
      reason: 'Only one of --upstream, --microsoft-update and --no-source can be given',
    });
  if (args.upstream !== undefined)
    return { synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation', upstreamSourceLocation: args.upstream };
  if (args['microsoft-update'] === true) return { synchronizeAction: 'SynchronizeFromMicrosoftUpdate' };
  return args['no-source'] === true
    ? { synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' }
    : {};
}

function categoriesOf(args: ConfigArgs): Settings {
  return {
    addProduct: args['add-product'],
    removeProduct: args['remove-product'],
    setProduct: args['set-product'],
    addProductFamily: args['add-family'],
    removeProductFamily: args['remove-family'],
    setProductFamily: args['set-family'],
    addCompany: args['add-company'],
    removeCompany: args['remove-company'],
    setCompany: args['set-company'],
    addUpdateClassification: args['add-classification'],
    removeUpdateClassification: args['remove-classification'],
    setUpdateClassification: args['set-classification'],
    addLanguageSummaryDetail: args['add-language'],
    removeLanguageSummaryDetail: args['remove-language'],
    addLanguageUpdateFile: args['add-file-language'],
    removeLanguageUpdateFile: args['remove-file-language'],
    allProducts: args['all-products'],
    allClassifications: args['all-classifications'],
    allowPending: args['allow-pending'],
  };
}

function rulesOf(args: ConfigArgs): Settings {
  const nonFeature = expiryOf('expire-superseded', args['expire-superseded']);
  const feature = expiryOf('expire-superseded-feature', args['expire-superseded-feature']);
  return {
    immediatelyExpireSupersedence: nonFeature.immediately,
    waitMonth: nonFeature.months,
    immediatelyExpireSupersedenceForFeature: feature.immediately,
    waitMonthForFeature: feature.months,
    enableCallWsusCleanupWizard: args['decline-expired'],
    enableDeleteObsoleteUpdates: args['remove-obsolete'],
    enableSyncFailureAlert: args['sync-failure-alert'],
    enableThirdPartyUpdates: args['third-party-updates'],
    enableManualCertManagement: args['manual-cert-management'],
    obsoleteAgeDays: args['obsolete-age-days'],
    updatesCleanupAgeDays: args['cleanup-age-days'],
    fullSyncIntervalDays: args['full-sync-interval-days'],
    massExpiryLimitPercent: args['mass-expiry-limit-percent'],
    scheduleSpreadMinutes: args['schedule-spread-minutes'],
    featureUpdateMaxRuntimeMins: args['feature-runtime-mins'],
    nonFeatureUpdateMaxRuntimeMins: args['non-feature-runtime-mins'],
    nonWindowsUpdateMaxRuntimeMins: args['non-windows-runtime-mins'],
    afterSyncCommand: args['after-sync-command'],
    afterSyncArgument: args['after-sync-argument'],
  };
}

/** `now`, or a number of months. */
function expiryOf(option: string, text: string | undefined): { immediately?: boolean; months?: number } {
  if (text === undefined) return {};
  if (text === 'now') return { immediately: true };
  if (/^[1-9]\d?$/.test(text)) return { immediately: false, months: Number(text) };
  throw new SyncError('InvalidRequest', {
    method: `--${option}`,
    reason: `--${option} must be now, or a number of months from 1 to 99`,
  });
}

function scheduleOf(args: ConfigArgs): string | undefined {
  if (args['no-schedule'] === true && args.schedule !== undefined)
    throw new SyncError('ContradictoryParameters', { reason: 'Only one of --schedule and --no-schedule can be given' });
  return args['no-schedule'] === true ? '' : args.schedule;
}

async function connectionOf(args: ConfigArgs, input: Readable): Promise<Settings> {
  if (args['no-proxy'] === true && args.proxy !== undefined)
    throw new SyncError('ContradictoryParameters', { reason: 'Only one of --proxy and --no-proxy can be given' });
  return {
    proxyServer: args['no-proxy'] === true ? '' : args.proxy,
    proxyUserName: args['proxy-user'],
    proxyPassword: args['proxy-password-stdin'] === true ? await readSecret(input) : undefined,
    noProxy: args['proxy-bypass'],
    trustedPackageSigner: args['trusted-package-signer']?.filter((fingerprint) => fingerprint !== ''),
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
