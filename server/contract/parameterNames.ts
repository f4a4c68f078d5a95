/** What people who work with one of the two surfaces call a parameter. */
export type Surface = 'powershell' | 'commandLine';

/** Properties that a program sets, never a person. */
const UNTYPED: ReadonlySet<string> = new Set([
  ...['requestId', 'requester', 'wildcard', 'lazy', 'after', 'pageSize', 'columns', 'returnRunning', 'replace'],
  ...['moduleVersion', 'contract', 'processId', 'nonce', 'proof', 'successor', 'revisions', 'action', 'component'],
]);

/** In PowerShell a property is called as in the contract, but for these. */
const POWERSHELL: Readonly<Record<string, string>> = {
  ciIds: 'Id',
  uniqueIds: 'UniqueId',
  names: 'Name',
  'content/save.names': 'SoftwareUpdateName',
  'content/save.ciIds': 'SoftwareUpdateId',
  packageName: 'DeploymentPackageName',
  languages: 'SoftwareUpdateLanguage',
  allProducts: 'AddProduct',
  allClassifications: 'AddUpdateClassification',
  alertIds: 'AlertId',
  'subscription/add.emailAddresses': 'AddEmailAddress',
  emailAddresses: 'EmailAddress',
  addEmailAddresses: 'AddEmailAddress',
  removeEmailAddresses: 'RemoveEmailAddress',
  'notification/set.userName': 'Credential',
  smtpPassword: 'Credential',
  proxyUserName: 'ProxyCredential',
  proxyPassword: 'ProxyCredential',
  operators: 'Operator',
  startedFrom: 'StartedAfter',
  startedTo: 'StartedBefore',
  categoryUniqueId: 'Category',
  redirectsContent: 'RedirectContent',
  whatIf: 'WhatIf',
  join: 'Wait',
  host: 'ListenAddress',
};

/** At the command line a property is called as in the contract, with hyphens, but for these. Capitals: no option. */
const COMMAND_LINE: Readonly<Record<string, string>> = {
  addProductFamily: 'add-family',
  removeProductFamily: 'remove-family',
  setProductFamily: 'set-family',
  addUpdateClassification: 'add-classification',
  removeUpdateClassification: 'remove-classification',
  setUpdateClassification: 'set-classification',
  addLanguageSummaryDetail: 'add-language',
  removeLanguageSummaryDetail: 'remove-language',
  addLanguageUpdateFile: 'add-file-language',
  removeLanguageUpdateFile: 'remove-file-language',
  featureUpdateMaxRuntimeMins: 'feature-runtime-mins',
  nonFeatureUpdateMaxRuntimeMins: 'non-feature-runtime-mins',
  nonWindowsUpdateMaxRuntimeMins: 'non-windows-runtime-mins',
  immediatelyExpireSupersedence: 'expire-superseded',
  immediatelyExpireSupersedenceForFeature: 'expire-superseded-feature',
  waitMonth: 'expire-superseded',
  waitMonthForFeature: 'expire-superseded-feature',
  enableCallWsusCleanupWizard: 'decline-expired',
  enableDeleteObsoleteUpdates: 'remove-obsolete',
  enableSyncFailureAlert: 'sync-failure-alert',
  enableThirdPartyUpdates: 'third-party-updates',
  enableManualCertManagement: 'manual-cert-management',
  updatesCleanupAgeDays: 'cleanup-age-days',
  upstreamSourceLocation: 'upstream',
  sourceCABundle: 'ca-bundle',
  proxyServer: 'proxy',
  proxyUserName: 'proxy-user',
  proxyPassword: 'proxy-password-stdin',
  alertIds: 'alert-id',
  emailAddresses: 'email-address',
  addEmailAddresses: 'add-email-address',
  removeEmailAddresses: 'remove-email-address',
  webhookSecret: 'webhook-secret-stdin',
  smtpPassword: 'smtp-password-stdin',
  'subscription/list.name': 'NAME',
  'subscription/add.name': 'NAME',
  'subscription/set.name': 'NAME',
  'subscription/remove.name': 'NAME',
  'subscription/test.name': 'NAME',
  noProxy: 'proxy-bypass',
  password: 'password-stdin',
  redirectsContent: 'redirect-content',
  operators: 'operator',
  joinToken: 'join',
  'site/revoke.siteCode': 'CODE',
  'message/list.messageId': 'id',
  'message/list.startTime': 'since',
  articleId: 'kb',
  categoryName: 'category',
  isExpired: 'expired',
  isSuperseded: 'superseded',
  datePostedMin: 'posted-after',
  datePostedMax: 'posted-before',
  ciIds: 'IDS',
  maximumExecutionMins: 'max-execution-mins',
  typeName: 'type',
  scheduleString: 'STRING',
  'sup/list.serverName': 'NAME',
  'sup/add.serverName': 'SERVER',
  'sup/set.serverName': 'SERVER',
  'sup/remove.serverName': 'SERVER',
  'siteSystem/add.serverName': 'SERVER',
  'siteSystem/set.serverName': 'SERVER',
  defaultServerName: 'default-server',
  publicVirtualIP: 'public-virtual-ip',
  anonymousWsusAccess: 'anonymous',
  clientConnectionType: 'client-connection',
  wsusAccessAccount: 'account',
  enableCloudGateway: 'cloud-gateway',
  useProxyForAutoDeploymentRule: 'use-proxy-for-rules',
  enableSsl: 'ssl',
  wledbat: 'ledbat',
  allSite: 'all',
  useSiteServerAccount: 'site-server-account',
  accountName: 'account',
  proxyServerName: 'proxy-server',
  proxyServerPort: 'proxy-port',
  proxyAccessAccount: 'proxy-account',
};

/** A parameter of a method as it is typed; undefined where nobody types it. */
export function typedName(method: string, property: string, surface: Surface): string | undefined {
  if (UNTYPED.has(property)) return undefined;
  if (surface === 'powershell') {
    const own = POWERSHELL[`${method}.${property}`] ?? POWERSHELL[property];
    return `-${own ?? property.charAt(0).toUpperCase() + property.slice(1)}`;
  }
  const own = COMMAND_LINE[`${method}.${property}`] ?? COMMAND_LINE[property];
  const name = own ?? property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return /^[A-Z]+$/.test(name) ? name : `--${name}`;
}
