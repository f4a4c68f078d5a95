import type { Argv, InferredOptionTypes, Options } from 'yargs';

/** An option that takes a text. */
export const text = (describe: string): { type: 'string'; requiresArg: true; describe: string } => ({
  type: 'string',
  requiresArg: true,
  describe,
});
/** An option that is there or not. */
export const flag = (describe: string): { type: 'boolean'; describe: string } => ({ type: 'boolean', describe });
/** An option that takes a number. */
export const number = (describe: string): { type: 'number'; requiresArg: true; describe: string } => ({
  type: 'number',
  requiresArg: true,
  describe,
});
// One value per option: a name never swallows what follows it.
const texts = (describe: string): { type: 'string'; array: true; nargs: 1; describe: string } => ({
  type: 'string',
  array: true,
  nargs: 1,
  describe,
});

const jsonOptions = { json: flag('one JSON document on stdout, messages on stderr') } as const;
/** What names the site. */
export const siteOptions = {
  ...jsonOptions,
  'site-path': text('site folder'),
  'site-code': text('site code'),
} as const;

const newSiteOptions = {
  ...jsonOptions,
  'site-code': { ...text('three letters or digits'), demandOption: true },
  'site-name': text('name of the site'),
  'site-path': { ...text('folder to make'), alias: 'path' },
  type: {
    ...text('type; without one what fits below the parent, else Primary'),
    choices: ['CAS', 'Primary', 'Secondary', 'SoftwareUpdatePoint'],
  },
  join: text('- to read the join token of the parent from stdin, where nobody else can see it'),
  'parent-site-code': text('parent on this machine, which is asked for a token'),
  'server-name': text('name of the server; that of this machine if not given'),
  upstream: text('URL of the upstream server'),
  operator: texts('SID (Windows) or group (elsewhere) that may use the site; may be repeated'),
  account: text('elsewhere than on Windows, as root: the account that the site belongs to'),
} as const;

const joinTokenOptions = {
  ...siteOptions,
  role: { ...text('as what a node joins'), choices: ['Site', 'SoftwareUpdatePoint'], default: 'Site' },
  'expiration-hours': number('how long it is good; 24 if not given'),
  address: text('https://host:port under which the node reaches this site; that of the open port if not given'),
} as const;
const revokeOptions = {
  ...siteOptions,
  'server-name': text('its server, for a software update point of this site'),
} as const;

const syncOptions = {
  ...siteOptions,
  'full-sync': flag('a full synchronization'),
  'no-wait': flag('return at once'),
  'timeout-seconds': number('longest wait'),
  join: flag('wait for a synchronization that is running already'),
  stop: flag('stop the synchronization that is running'),
  'allow-mass-expiry': flag('expire what the upstream does not list any more, however much it is'),
} as const;

const runListOptions = { ...siteOptions, newest: number('only so many, the latest first') } as const;
const runWaitOptions = { ...siteOptions, 'timeout-seconds': number('longest wait') } as const;
const runId = { type: 'number', describe: 'number of the run' } as const;
const repairAccessOptions = { ...siteOptions, 'what-if': flag('change nothing, show what would be set') } as const;
const maintenanceOptions = { ...siteOptions, 'what-if': flag('change nothing, say what would go') } as const;

const updateOptions = {
  ...siteOptions,
  name: text('title, with * and ?'),
  kb: text('KB number'),
  newest: number('only so many, the latest first'),
  category: texts('name of a category; may be repeated'),
  vendor: text('company'),
  severity: { ...text('severity'), choices: ['None', 'Low', 'Moderate', 'Important', 'Critical'] },
  expired: flag('only expired ones (--expired=false: only others)'),
  superseded: flag('only superseded ones (--superseded=false: only others)'),
  'posted-after': text('published at or after this date'),
  'posted-before': text('published at or before this date'),
  id: number('CI_ID'),
  lazy: flag('with lazy properties'),
} as const;

const updateSetOptions = {
  ...siteOptions,
  name: text('title; all updates that have it'),
  'custom-severity': {
    ...text('custom severity, None to take it back'),
    choices: ['None', 'Low', 'Moderate', 'Important', 'Critical'],
  },
  'max-execution-mins': number('maximum run time in minutes'),
} as const;

const categoryOptions = {
  ...siteOptions,
  name: text('name, with * and ?'),
  type: { ...text('kind'), choices: ['Company', 'ProductFamily', 'Product', 'UpdateClassification'] },
  lazy: flag('with lazy properties'),
} as const;

const configOptions = {
  ...siteOptions,
  'add-product': texts('product to subscribe; may be repeated, takes * and ?'),
  'remove-product': texts('product to unsubscribe'),
  'set-product': texts('exactly these products'),
  'add-family': texts('product family to subscribe'),
  'remove-family': texts('product family to unsubscribe'),
  'set-family': texts('exactly these product families'),
  'add-company': texts('company to subscribe'),
  'remove-company': texts('company to unsubscribe'),
  'set-company': texts('exactly these companies'),
  'add-classification': texts('classification to subscribe'),
  'remove-classification': texts('classification to unsubscribe'),
  'set-classification': texts('exactly these classifications'),
  'add-language': texts('language of titles and descriptions to add'),
  'remove-language': texts('language of titles and descriptions to remove'),
  'add-file-language': texts('language of update files to add'),
  'remove-file-language': texts('language of update files to remove'),
  'all-products': flag('every product'),
  'all-classifications': flag('every classification'),
  'allow-pending': flag('keep unknown names for later'),
  schedule: text('schedule string, from New-CMSchedule -ScheduleString'),
  'no-schedule': flag('synchronize by hand only'),
  'schedule-spread-minutes': number(
    'minutes over which the scheduled starts of several sites are spread; 0: none waits',
  ),
  'expire-superseded': text(
    'when superseded updates that are no feature updates expire: now, or after so many months (1 to 99)',
  ),
  'expire-superseded-feature': text('the same for feature updates'),
  'decline-expired': flag('decline what is expired after each synchronization (--decline-expired=false: not)'),
  'remove-obsolete': flag('remove what is obsolete after each synchronization (--remove-obsolete=false: not)'),
  'obsolete-age-days': number('days until that'),
  'sync-failure-alert': flag('raise an alert when a synchronization fails (--sync-failure-alert=false: not)'),
  'third-party-updates': flag('note that third-party updates are wanted; their catalogues are not synchronized'),
  'manual-cert-management': flag('note that the administrator manages their certificate'),
  'cleanup-age-days': number('days after which expired updates leave the site database'),
  'full-sync-interval-days': number('days after which a synchronization is a full one'),
  'mass-expiry-limit-percent': number(
    'percent of the live updates that one run may expire because the upstream does not list them',
  ),
  'feature-runtime-mins': number('maximum run time of feature updates'),
  'non-feature-runtime-mins': number('that of other Windows updates and of Office 365 updates'),
  'non-windows-runtime-mins': number('that of all other updates'),
  'after-sync-command': {
    type: 'string',
    describe: 'full path of the program or .ps1 script that gets each finished run; empty to clear',
  },
  'after-sync-argument': texts('argument of it; may be repeated'),
  upstream: text('URL of the upstream server'),
  'microsoft-update': flag('synchronize from Microsoft Update'),
  'no-source': flag('do not synchronize'),
  proxy: text('URL of the proxy'),
  'proxy-user': text('account at the proxy'),
  'proxy-password-stdin': flag('read the password at the proxy from stdin'),
  'no-proxy': flag('use no proxy any more'),
  'proxy-bypass': texts('host reached without the proxy; may be repeated'),
  'trusted-package-signer': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'fingerprint of a site whose exports are imported; may be repeated, empty to clear',
  },
  'ca-bundle': { type: 'string', describe: 'file with extra trusted certificates (PEM); empty to clear' },
} as const;

const scheduleOptions = {
  ...jsonOptions,
  string: { ...text('schedule string, 16 hexadecimal digits a token'), demandOption: true },
} as const;
const nextOptions = {
  ...scheduleOptions,
  count: { ...number('how many'), default: 5 },
  zone: text('IANA time zone, such as Europe/Berlin; default: that of this machine'),
} as const;

/** Arguments that may be given several times. */
export const repeatable: ReadonlySet<string> = new Set([
  'ids',
  ...Object.entries<Options>({ ...newSiteOptions, ...updateOptions, ...configOptions })
    .filter(([, option]) => option.array === true)
    .map(([name]) => name),
]);

const stdioOptions = {
  parent: number('process id of the session that starts it'),
  captured: flag('the output of that session is read by somebody, or the session is a remote one'),
} as const;
const checkOptions = { ...siteOptions, quick: flag('headers and sizes only') } as const;
const repairOptions = {
  ...siteOptions,
  'accept-loss': flag('mend a damaged database although transactions are lost; the files as they are now are kept'),
  rebuild: flag('make a database that cannot be read again from the documents; settings and history are lost'),
} as const;

const engineOptions = {
  'site-path': { ...text('site folder'), demandOption: true },
  'idle-seconds': { ...number('end after so many seconds without work'), default: 60 },
  'own-log': flag('write engine.log, because nobody reads standard error'),
} as const;

const listenOptions = {
  port: number('port to serve downstream servers on'),
  host: text('address to listen on, with --port; 127.0.0.1 if not given'),
  'allow-http': flag('serve others than this machine without encryption'),
  'redirect-content': flag('downstream servers ask here for update files and are sent on to Microsoft'),
  'address-share': number(
    'percent of the connections and memory of the port for one address, 1 to 100; 25 if not given',
  ),
} as const;
const afterSyncOption = {
  'allow-after-sync-command': flag(
    'the service may run the after-sync command, which operators set, under its account',
  ),
} as const;
const serveOptions = { ...siteOptions, ...listenOptions, ...afterSyncOption } as const;

const accountOption = {
  account: text('account of the service; else SYSTEM on Windows, the owner of the site folder elsewhere'),
} as const;
const serviceListenOptions = {
  ...listenOptions,
  port: number('port to serve downstream servers on; 0 to serve nobody any more'),
} as const;
const installOptions = {
  ...siteOptions,
  ...accountOption,
  ...serviceListenOptions,
  ...afterSyncOption,
  'password-stdin': flag('read the password of the account from stdin (Windows)'),
} as const;
const printOptions = {
  ...siteOptions,
  ...accountOption,
  ...serviceListenOptions,
  ...afterSyncOption,
  action: { ...text('what is shown'), choices: ['install', 'uninstall', 'start', 'stop'], default: 'install' },
} as const;

const sampleOptions = {
  ...jsonOptions,
  port: { ...number('port, 0 for any'), default: 8530 },
  host: { ...text('address to listen on'), default: '127.0.0.1' },
  updates: { ...number('generated updates'), default: 2000 },
  seed: { ...number('seed of the generator'), default: 1 },
  size: number('characters per document'),
  'all-current': flag('every generated update stands alone, unexpired and not superseded: each becomes an update'),
  package: {
    ...text('package made by wsusutil export, served instead of generated updates'),
    conflicts: ['size', 'all-current'],
  },
  blob: { ...text('how documents are sent'), choices: ['plain', 'mszip', 'lzx'], default: 'plain' },
  'answer-bytes': number('short answers: fewer documents, at least one, rather than more bytes in an answer'),
  'exit-with-parent': flag('end when stdin is closed'),
} as const;

/** The arguments of a verb as yargs gives them. */
export type Args<O extends Record<string, Options>> = InferredOptionTypes<O>;
export type SiteArgs = Args<typeof siteOptions>;
export type NewSiteArgs = Args<typeof newSiteOptions>;
export type JoinTokenArgs = Args<typeof joinTokenOptions>;
export type RevokeArgs = Args<typeof revokeOptions> & { code: string };
export type SyncArgs = Args<typeof syncOptions>;
export type RunListArgs = Args<typeof runListOptions>;
export type RunWaitArgs = Args<typeof runWaitOptions> & { id?: number | undefined };
export type RunStopArgs = SiteArgs & { id?: number | undefined };
export type MaintenanceArgs = Args<typeof maintenanceOptions>;
export type UpdateArgs = Args<typeof updateOptions>;
export type UpdateSetArgs = Args<typeof updateSetOptions> & { ids?: readonly number[] | undefined };
export type CategoryArgs = Args<typeof categoryOptions>;
export type ConfigArgs = Args<typeof configOptions>;
export type ScheduleArgs = Args<typeof scheduleOptions>;
export type NextArgs = Args<typeof nextOptions>;
export type CheckArgs = Args<typeof checkOptions>;
export type RepairArgs = Args<typeof repairOptions>;
export type EngineArgs = Args<typeof engineOptions>;
export type RepairAccessArgs = Args<typeof repairAccessOptions>;
export type ListenArgs = Args<typeof listenOptions>;
export type ServeArgs = Args<typeof serveOptions>;
export type InstallArgs = Args<typeof installOptions>;
export type PrintArgs = Args<typeof printOptions>;
export type SampleArgs = Args<typeof sampleOptions>;

/** Options of the verbs. */
export const json = (parser: Argv) => parser.options(jsonOptions);
export const site = (parser: Argv) => parser.options(siteOptions);
export const repairAccess = (parser: Argv) => parser.options(repairAccessOptions);
export const newSite = (parser: Argv) => parser.options(newSiteOptions);
export const joinToken = (parser: Argv) => parser.options(joinTokenOptions);
export const revoke = (parser: Argv) =>
  parser.positional('code', { ...text('site code of the node'), demandOption: true }).options(revokeOptions);
export const sync = (parser: Argv) => parser.options(syncOptions);
export const runList = (parser: Argv) => parser.options(runListOptions);
export const runWait = (parser: Argv) => parser.positional('id', runId).options(runWaitOptions);
export const runStop = (parser: Argv) => parser.positional('id', runId).options(siteOptions);
export const maintenance = (parser: Argv) => parser.options(maintenanceOptions);
export const updates = (parser: Argv) => parser.options(updateOptions);
export const updateSet = (parser: Argv) =>
  parser.positional('ids', { type: 'number', array: true, describe: 'CI_ID' }).options(updateSetOptions);
export const categories = (parser: Argv) => parser.options(categoryOptions);
export const config = (parser: Argv) => parser.options(configOptions);
export const schedule = (parser: Argv) => parser.positional('string', scheduleOptions.string).options(jsonOptions);
export const nextOccurrences = (parser: Argv) =>
  parser
    .positional('string', nextOptions.string)
    .options({ ...jsonOptions, count: nextOptions.count, zone: nextOptions.zone });
export const stdio = (parser: Argv) => parser.options(stdioOptions);
export const check = (parser: Argv) => parser.options(checkOptions);
export const repair = (parser: Argv) => parser.options(repairOptions);
export const engine = (parser: Argv) => parser.options(engineOptions);
export const serve = (parser: Argv) => parser.options(serveOptions);
export const installService = (parser: Argv) => parser.options(installOptions);
export const printService = (parser: Argv) => parser.options(printOptions);
export const sampleUpstream = (parser: Argv) => parser.options(sampleOptions);
