import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { IDLE_SECONDS } from './verbs/engine.js';

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

const JSON_OPTIONS = { json: flag('one JSON document on stdout, messages on stderr') } as const;
/** What names the site. */
export const SITE_OPTIONS = {
  ...JSON_OPTIONS,
  'site-path': text('site folder'),
  'site-code': text('site code'),
} as const;

const NEW_SITE_OPTIONS = {
  ...JSON_OPTIONS,
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

const JOIN_TOKEN_OPTIONS = {
  ...SITE_OPTIONS,
  role: { ...text('as what a node joins'), choices: ['Site', 'SoftwareUpdatePoint'], default: 'Site' },
  'expiration-hours': number('how long it is good; 24 if not given'),
  address: text('https://host:port under which the node reaches this site; that of the open port if not given'),
} as const;
const REVOKE_OPTIONS = {
  ...SITE_OPTIONS,
  'server-name': text('its server, for a software update point of this site'),
} as const;

const SYNC_OPTIONS = {
  ...SITE_OPTIONS,
  'full-sync': flag('a full synchronization'),
  'no-wait': flag('return at once'),
  'timeout-seconds': number('longest wait'),
  join: flag('wait for a synchronization that is running already'),
  stop: flag('stop the synchronization that is running'),
  'allow-mass-expiry': flag('expire what the upstream does not list any more, however much it is'),
} as const;

const RUN_LIST_OPTIONS = { ...SITE_OPTIONS, newest: number('only so many, the latest first') } as const;
const RUN_WAIT_OPTIONS = { ...SITE_OPTIONS, 'timeout-seconds': number('longest wait') } as const;
const RUN_ID = { type: 'number', describe: 'number of the run' } as const;
const REPAIR_ACCESS_OPTIONS = {
  ...SITE_OPTIONS,
  'include-parent': flag('folders above that others could exchange too'),
  'what-if': flag('change nothing, show what would be set'),
} as const;
const MAINTENANCE_OPTIONS = { ...SITE_OPTIONS, 'what-if': flag('change nothing, say what would go') } as const;

const UPDATE_OPTIONS = {
  ...SITE_OPTIONS,
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
  product: texts('name of a product, family or company, with * and ?; may be repeated'),
  classification: texts('name of a classification, with * and ?; may be repeated'),
  id: { type: 'number', array: true, nargs: 1, describe: 'CI_ID; may be repeated' },
  lazy: flag('with lazy properties'),
} as const;

const UPDATE_SET_OPTIONS = {
  ...SITE_OPTIONS,
  name: text('title; all updates that have it'),
  'custom-severity': {
    ...text('custom severity, None to take it back'),
    choices: ['None', 'Low', 'Moderate', 'Important', 'Critical'],
  },
  'max-execution-mins': number('maximum run time in minutes'),
} as const;

const CATEGORY_OPTIONS = {
  ...SITE_OPTIONS,
  name: text('name, with * and ?'),
  type: { ...text('kind'), choices: ['Company', 'ProductFamily', 'Product', 'UpdateClassification'] },
  lazy: flag('with lazy properties'),
} as const;

const CONFIG_OPTIONS = {
  ...SITE_OPTIONS,
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

const SCHEDULE_OPTIONS = {
  ...JSON_OPTIONS,
  string: { ...text('schedule string, 16 hexadecimal digits a token'), demandOption: true },
} as const;
const NEXT_OPTIONS = {
  ...SCHEDULE_OPTIONS,
  count: { ...number('how many'), default: 5 },
  zone: text('IANA time zone, such as Europe/Berlin; default: that of this machine'),
} as const;

/** Arguments that may be given several times. */
export const REPEATABLE: ReadonlySet<string> = new Set([
  'ids',
  ...Object.entries<Options>({ ...NEW_SITE_OPTIONS, ...UPDATE_OPTIONS, ...CONFIG_OPTIONS })
    .filter(([, option]) => option.array === true)
    .map(([name]) => name),
]);

const STDIO_OPTIONS = {
  parent: number('process id of the session that starts it'),
  captured: flag('the output of that session is read by somebody, or the session is a remote one'),
} as const;
const CHECK_OPTIONS = { ...SITE_OPTIONS, quick: flag('headers and sizes only') } as const;
const REPAIR_OPTIONS = {
  ...SITE_OPTIONS,
  'accept-loss': flag('mend a damaged database although transactions are lost; the files as they are now are kept'),
  rebuild: flag('make a database that cannot be read again from the documents; settings and history are lost'),
} as const;

const ENGINE_OPTIONS = {
  'site-path': { ...text('site folder'), demandOption: true },
  'idle-seconds': { ...number('end after so many seconds without work'), default: IDLE_SECONDS },
  'own-log': flag('write engine.log, because nobody reads standard error'),
} as const;

const LISTEN_OPTIONS = {
  port: number('port to serve downstream servers on'),
  host: text('address to listen on, with --port; 127.0.0.1 if not given'),
  'allow-http': flag('serve others than this machine without encryption'),
  'redirect-content': flag('downstream servers ask here for update files and are sent on to Microsoft'),
  'address-share': number(
    'percent of the connections and memory of the port for one address, 1 to 100; 25 if not given',
  ),
} as const;
const AFTER_SYNC_OPTION = {
  'allow-after-sync-command': flag(
    'the service may run the after-sync command, which operators set, under its account',
  ),
} as const;
const SERVE_OPTIONS = { ...SITE_OPTIONS, ...LISTEN_OPTIONS, ...AFTER_SYNC_OPTION } as const;

const ACCOUNT_OPTION = {
  account: text('account of the service; else SYSTEM on Windows, the owner of the site folder elsewhere'),
} as const;
const SERVICE_LISTEN_OPTIONS = {
  ...LISTEN_OPTIONS,
  port: number('port to serve downstream servers on; 0 to serve nobody any more'),
} as const;
const INSTALL_OPTIONS = {
  ...SITE_OPTIONS,
  ...ACCOUNT_OPTION,
  ...SERVICE_LISTEN_OPTIONS,
  ...AFTER_SYNC_OPTION,
  'password-stdin': flag('read the password of the account from stdin (Windows)'),
} as const;
const PRINT_OPTIONS = {
  ...SITE_OPTIONS,
  ...ACCOUNT_OPTION,
  ...SERVICE_LISTEN_OPTIONS,
  ...AFTER_SYNC_OPTION,
  action: { ...text('what is shown'), choices: ['install', 'uninstall', 'start', 'stop'], default: 'install' },
} as const;

const SAMPLE_OPTIONS = {
  ...JSON_OPTIONS,
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
export type SiteArgs = Args<typeof SITE_OPTIONS>;
export type NewSiteArgs = Args<typeof NEW_SITE_OPTIONS>;
export type JoinTokenArgs = Args<typeof JOIN_TOKEN_OPTIONS>;
export type RevokeArgs = Args<typeof REVOKE_OPTIONS> & { code: string };
export type SyncArgs = Args<typeof SYNC_OPTIONS>;
export type RunListArgs = Args<typeof RUN_LIST_OPTIONS>;
export type RunWaitArgs = Args<typeof RUN_WAIT_OPTIONS> & { id?: number | undefined };
export type RunStopArgs = SiteArgs & { id?: number | undefined };
export type MaintenanceArgs = Args<typeof MAINTENANCE_OPTIONS>;
export type UpdateArgs = Args<typeof UPDATE_OPTIONS>;
export type UpdateSetArgs = Args<typeof UPDATE_SET_OPTIONS> & { ids?: readonly number[] | undefined };
export type CategoryArgs = Args<typeof CATEGORY_OPTIONS>;
export type ConfigArgs = Args<typeof CONFIG_OPTIONS>;
export type ScheduleArgs = Args<typeof SCHEDULE_OPTIONS>;
export type NextArgs = Args<typeof NEXT_OPTIONS>;
export type CheckArgs = Args<typeof CHECK_OPTIONS>;
export type RepairArgs = Args<typeof REPAIR_OPTIONS>;
export type RepairAccessArgs = Args<typeof REPAIR_ACCESS_OPTIONS>;
export type ListenArgs = Args<typeof LISTEN_OPTIONS>;
export type ServeArgs = Args<typeof SERVE_OPTIONS>;
export type InstallArgs = Args<typeof INSTALL_OPTIONS>;
export type PrintArgs = Args<typeof PRINT_OPTIONS>;
export type SampleArgs = Args<typeof SAMPLE_OPTIONS>;

/** Options of the verbs. */
export const json = (parser: Argv) => parser.options(JSON_OPTIONS);
export const site = (parser: Argv) => parser.options(SITE_OPTIONS);
export const repairAccess = (parser: Argv) => parser.options(REPAIR_ACCESS_OPTIONS);
export const newSite = (parser: Argv) => parser.options(NEW_SITE_OPTIONS);
export const joinToken = (parser: Argv) => parser.options(JOIN_TOKEN_OPTIONS);
export const revoke = (parser: Argv) =>
  parser.positional('code', { ...text('site code of the node'), demandOption: true }).options(REVOKE_OPTIONS);
export const sync = (parser: Argv) => parser.options(SYNC_OPTIONS);
export const runList = (parser: Argv) => parser.options(RUN_LIST_OPTIONS);
export const runWait = (parser: Argv) => parser.positional('id', RUN_ID).options(RUN_WAIT_OPTIONS);
export const runStop = (parser: Argv) => parser.positional('id', RUN_ID).options(SITE_OPTIONS);
export const maintenance = (parser: Argv) => parser.options(MAINTENANCE_OPTIONS);
export const updates = (parser: Argv) => parser.options(UPDATE_OPTIONS);
export const updateSet = (parser: Argv) =>
  parser.positional('ids', { type: 'number', array: true, describe: 'CI_ID' }).options(UPDATE_SET_OPTIONS);
export const categories = (parser: Argv) => parser.options(CATEGORY_OPTIONS);
export const config = (parser: Argv) => parser.options(CONFIG_OPTIONS);
export const schedule = (parser: Argv) => parser.positional('string', SCHEDULE_OPTIONS.string).options(JSON_OPTIONS);
export const nextOccurrences = (parser: Argv) =>
  parser
    .positional('string', NEXT_OPTIONS.string)
    .options({ ...JSON_OPTIONS, count: NEXT_OPTIONS.count, zone: NEXT_OPTIONS.zone });
export const stdio = (parser: Argv) => parser.options(STDIO_OPTIONS);
export const check = (parser: Argv) => parser.options(CHECK_OPTIONS);
export const repair = (parser: Argv) => parser.options(REPAIR_OPTIONS);
export const engine = (parser: Argv) => parser.options(ENGINE_OPTIONS);
export const serve = (parser: Argv) => parser.options(SERVE_OPTIONS);
export const installService = (parser: Argv) => parser.options(INSTALL_OPTIONS);
export const printService = (parser: Argv) => parser.options(PRINT_OPTIONS);
export const sampleUpstream = (parser: Argv) => parser.options(SAMPLE_OPTIONS);
