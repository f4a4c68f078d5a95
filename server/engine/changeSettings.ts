import { X509Certificate } from 'node:crypto';
import type { ComponentSetRequest } from '../contract/generated/types.js';
import { changeSubscription, type SelectionChange, type SelectionRules } from '../criteria/changeSubscription.js';
import { closestNames } from '../criteria/closestNames.js';
import { findLanguage, LANGUAGES } from '../criteria/languages.js';
import type { CategoryNode, CategoryType } from '../criteria/Subscription.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { decodeSchedule } from '../schedule/decodeSchedule.js';
import { encodeSchedule } from '../schedule/encodeSchedule.js';
import type { ComponentSettings } from './ComponentSettings.js';
import { splitCertificates } from './splitCertificates.js';

/** The settings after a change, and what the administrator is told. */
export interface ChangedSettings {
  readonly settings: ComponentSettings;
  readonly warnings: readonly string[];
}

/**
 * Works out the settings after a `component/set`; everything is checked before anything is changed.
 * @throws SyncError UnknownCategory, UnknownLanguage, LanguageSetEmpty, ContradictoryParameters, UpstreamUrlInvalid, CABundleInvalid, ScheduleStringInvalid
 */
export function changeSettings(settings: ComponentSettings, request: ComponentSetRequest, categories: readonly CategoryNode[]): ChangedSettings {
  const warnings: string[] = [];
  const subscription = changeSelections(settings, request, { categories, warnings });
  const next: ComponentSettings = {
    ...settings, ...source(settings, request), ...plain(request), subscription,
    summaryLanguages: changeLanguages(settings.summaryLanguages, 'summary detail', { add: request.addLanguageSummaryDetail, remove: request.removeLanguageSummaryDetail }),
    updateFileLanguages: changeLanguages(settings.updateFileLanguages, 'update file', { add: request.addLanguageUpdateFile, remove: request.removeLanguageUpdateFile }),
    schedule: request.schedule === undefined ? settings.schedule : encodeSchedule(decodeSchedule(request.schedule)),
    sourceCABundle: request.sourceCABundle === undefined ? settings.sourceCABundle : checkedBundle(request.sourceCABundle),
  };
  return { settings: next, warnings };
}

function changeSelections(settings: ComponentSettings, request: ComponentSetRequest, context: { categories: readonly CategoryNode[]; warnings: string[] }): ComponentSettings['subscription'] {
  const isFirst = context.categories.length === 0;
  const rules: SelectionRules = { wildcard: request.wildcard !== false, allowPending: isFirst || request.allowPending === true };
  let { subscription } = settings;
  for (const { wildcard, ...change } of selectionsOf(request)) {
    const result = changeSubscription(subscription, change, { categories: context.categories, rules: { ...rules, wildcard: wildcard ?? rules.wildcard } });
    subscription = result.subscription;
    for (const entry of result.newlyPending) {
      context.warnings.push(`The ${entry.type} "${entry.name}" is not known yet; it is kept as pending and subscribed when a synchronization brings it.`);
    }
  }
  return subscription;
}

type Selection = SelectionChange & { readonly wildcard?: boolean };

function selectionsOf(request: ComponentSetRequest): readonly Selection[] {
  const every = (type: CategoryType, wanted: boolean | undefined): Selection[] => (wanted === true ? [{ type, add: ['*'], remove: [], wildcard: true }] : []);
  if ((request.allProducts === true && request.setProduct !== undefined) || (request.allClassifications === true && request.setUpdateClassification !== undefined)) {
    throw new SyncError('ContradictoryParameters', { reason: 'All of them and exactly some of them do not go together' });
  }
  return [
    ...every('Product', request.allProducts), ...every('UpdateClassification', request.allClassifications),
    selection('Product', request.addProduct, { remove: request.removeProduct, exactly: request.setProduct }),
    selection('ProductFamily', request.addProductFamily, { remove: request.removeProductFamily, exactly: request.setProductFamily }),
    selection('Company', request.addCompany, { remove: request.removeCompany, exactly: request.setCompany }),
    selection('UpdateClassification', request.addUpdateClassification, { remove: request.removeUpdateClassification, exactly: request.setUpdateClassification }),
  ];
}

function selection(type: CategoryType, add: readonly string[] = [], rest: { remove: readonly string[] | undefined; exactly: readonly string[] | undefined }): Selection {
  const { remove = [], exactly } = rest;
  if (exactly !== undefined && add.length + remove.length > 0) {
    throw new SyncError('ContradictoryParameters', { reason: `Set${type} says exactly which are subscribed; Add${type} and Remove${type} do not go with it` });
  }
  const both = add.find((name) => remove.includes(name));
  if (both !== undefined) throw new SyncError('ContradictoryParameters', { reason: `The ${type} ${both} cannot be added and removed at once` });
  return { type, add, remove, ...(exactly === undefined ? {} : { exactly }) };
}

function source(settings: ComponentSettings, request: ComponentSetRequest): Partial<ComponentSettings> {
  const action = request.synchronizeAction ?? (request.upstreamSourceLocation === undefined ? settings.synchronizeAction : 'SynchronizeFromAnUpstreamDataSourceLocation');
  const isUpstream = action === 'SynchronizeFromAnUpstreamDataSourceLocation';
  if (request.upstreamSourceLocation !== undefined && !isUpstream) {
    throw new SyncError('ContradictoryParameters', { reason: `UpstreamSourceLocation goes only with SynchronizeAction SynchronizeFromAnUpstreamDataSourceLocation, not with ${action}` });
  }
  const location = isUpstream ? request.upstreamSourceLocation ?? settings.upstreamSourceLocation : settings.upstreamSourceLocation;
  if (isUpstream && location === '') throw new SyncError('ContradictoryParameters', { reason: 'SynchronizeFromAnUpstreamDataSourceLocation needs UpstreamSourceLocation' });
  if (isUpstream) checkUrl(location);
  return { synchronizeAction: action, upstreamSourceLocation: location };
}

function checkUrl(url: string): void {
  const reason = urlProblem(url);
  if (reason !== undefined) throw new SyncError('UpstreamUrlInvalid', { url: withoutSecret(url), reason });
}

/** Why a text is no address that can be used; a password in it would be stored and shown. */
function urlProblem(url: string): string | undefined {
  if (!URL.canParse(url)) return 'it is no URL';
  const { protocol, username, password } = new URL(url);
  if (!/^https?:$/.test(protocol)) return 'only http and https are spoken';
  return username === '' && password === '' ? undefined : 'it holds an account; give the account of a proxy with its own parameters';
}

function withoutSecret(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}

function plain(request: ComponentSetRequest): Partial<ComponentSettings> {
  const given = {
    defaultWsusServer: request.defaultWsusServer, reportingEvent: request.reportingEvent, contentFileOption: request.contentFileOption,
    featureUpdateMaxRuntimeMins: request.featureUpdateMaxRuntimeMins, nonFeatureUpdateMaxRuntimeMins: request.nonFeatureUpdateMaxRuntimeMins,
    nonWindowsUpdateMaxRuntimeMins: request.nonWindowsUpdateMaxRuntimeMins, proxyServer: request.proxyServer, proxyUserName: request.proxyUserName, noProxy: request.noProxy,
  };
  const problem = given.proxyServer === undefined || given.proxyServer === '' ? undefined : urlProblem(given.proxyServer);
  if (problem !== undefined) {
    throw new SyncError('ContradictoryParameters', { reason: `The proxy ${withoutSecret(given.proxyServer ?? '')} cannot be used: ${problem}; give one such as http://proxy.contoso.com:8080` });
  }
  return Object.fromEntries(Object.entries(given).filter((entry) => entry[1] !== undefined));
}

function changeLanguages(codes: readonly string[], set: string, change: { add: readonly string[] | undefined; remove: readonly string[] | undefined }): readonly string[] {
  const removed = new Set((change.remove ?? []).map(codeOf));
  const next = [...new Set([...codes, ...(change.add ?? []).map(codeOf)])].filter((code) => !removed.has(code));
  if (next.length === 0) throw new SyncError('LanguageSetEmpty', { set });
  return next;
}

function codeOf(name: string): string {
  const language = findLanguage(name);
  if (language === undefined) throw new SyncError('UnknownLanguage', { name, closest: closestNames(name, LANGUAGES.map((entry) => entry.name)).join(', ') });
  return language.code;
}

function checkedBundle(pem: string): string {
  if (pem === '') return '';
  const certificates = splitCertificates(pem);
  if (certificates.length === 0) throw new SyncError('CABundleInvalid', { path: 'given', reason: 'it holds no certificate in PEM form' });
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (error) {
    throw new SyncError('CABundleInvalid', { path: 'given', reason: reasonOf(error) }, { cause: error });
  }
  return pem;
}
