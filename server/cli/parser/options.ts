import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { IDLE_SECONDS } from '../verbs/engine.js';

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
    ...text('type; default: the one that fits below the parent, else Primary'),
    choices: ['CAS', 'Primary', 'Secondary', 'SoftwareUpdatePoint'],
  },
  join: text('- to read the join token of the parent from stdin, where nobody else can see it'),
  'parent-site-code': text('parent on this machine, which makes the token'),
  'server-name': text('name of the server; default: this machine'),
  upstream: text('URL of the upstream server'),
  database: {
    ...text(
      'where the database is: in memory with a journal (default), a file of SQLite (Node.js 24.15), or PostgreSQL',
    ),
    choices: ['embedded', 'sqlite', 'postgres'],
  },
  'database-address-file': text(
    'file with the address of the database in PostgreSQL, - for stdin; else CONFIGMGRSYNC_DATABASE_URL or a prompt',
  ),
  operator: texts('SID (Windows) or group (elsewhere) that may use the site; may be repeated'),
  account: text('not on Windows, as root: the account that owns the site'),
} as const;

const JOIN_TOKEN_OPTIONS = {
  ...SITE_OPTIONS,
  role: { ...text('what the token is for'), choices: ['Site', 'SoftwareUpdatePoint'], default: 'Site' },
  'expiration-hours': number('hours until the token expires; default: 24'),
  address: text('https://host:port at which the node reaches this site; default: the open port'),
} as const;
const REVOKE_OPTIONS = {
  ...SITE_OPTIONS,
  'server-name': text('server of the software update point to revoke'),
} as const;

const SYNC_OPTIONS = {
  ...SITE_OPTIONS,
  'full-sync': flag('synchronize in full'),
  'no-wait': flag('return at once'),
  'timeout-seconds': number('seconds to wait at most'),
  join: flag('wait for a synchronization that is already running'),
  stop: flag('stop the synchronization that is running'),
  'allow-mass-expiry': flag('expire updates that the upstream no longer lists, however many they are'),
} as const;

const RUN_LIST_OPTIONS = { ...SITE_OPTIONS, newest: number('show at most this many, the latest first') } as const;
const RUN_WAIT_OPTIONS = { ...SITE_OPTIONS, 'timeout-seconds': number('seconds to wait at most') } as const;
const RUN_ID = { type: 'number', describe: 'number of the run' } as const;
const REPAIR_ACCESS_OPTIONS = {
  ...SITE_OPTIONS,
  'include-parent': flag('also correct the folders above that others could replace'),
  'what-if': flag('change nothing, show what would be set'),
} as const;
const MAINTENANCE_OPTIONS = { ...SITE_OPTIONS, 'what-if': flag('change nothing, show what would be removed') } as const;

const UPDATE_OPTIONS = {
  ...SITE_OPTIONS,
  name: text('title, with * and ?'),
  kb: text('KB number'),
  newest: number('show at most this many, the latest first'),
  category: texts('name of a category; may be repeated'),
  vendor: text('company'),
  severity: { ...text('severity'), choices: ['None', 'Low', 'Moderate', 'Important', 'Critical'] },
  expired: flag('only expired updates (--expired=false: only others)'),
  superseded: flag('only superseded updates (--superseded=false: only others)'),
  'posted-after': text('published at or after this date'),
  'posted-before': text('published at or before this date'),
  product: texts('name of a product, family or company, with * and ?; may be repeated'),
  classification: texts('name of a classification, with * and ?; may be repeated'),
  id: { type: 'number', array: true, nargs: 1, describe: 'CI_ID; may be repeated' },
  lazy: flag('with lazy properties'),
} as const;

const UPDATE_SET_OPTIONS = {
  ...SITE_OPTIONS,
  name: text('title; changes every update that has it'),
  'custom-severity': {
    ...text('custom severity; None removes it'),
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
  'all-products': flag('subscribe every product'),
  'all-classifications': flag('subscribe every classification'),
  'allow-pending': flag('keep unknown names for later'),
  schedule: text('schedule string, from New-CMSchedule -ScheduleString'),
  'no-schedule': flag('synchronize only when a command asks for it'),
  'schedule-spread-minutes': number(
    'minutes over which the scheduled starts of several sites are spread; 0: no spread',
  ),
  'expire-superseded': text(
    'when superseded updates other than feature updates expire: now, or a number of months (1 to 99)',
  ),
  'expire-superseded-feature': text('the same for feature updates'),
  'decline-expired': flag('decline expired updates after each synchronization (--decline-expired=false: do not)'),
  'remove-obsolete': flag('remove obsolete updates after each synchronization (--remove-obsolete=false: do not)'),
  'obsolete-age-days': number('days until an obsolete update is removed'),
  'sync-failure-alert': flag('raise an alert when a synchronization fails (--sync-failure-alert=false: do not)'),
  'third-party-updates': flag('store that third-party updates are enabled; their catalogues are not synchronized'),
  'manual-cert-management': flag('store that the administrator manages their certificate'),
  'cleanup-age-days': number('days after which expired updates leave the site database'),
  'full-sync-interval-days': number('days after which the next synchronization is full'),
  'mass-expiry-limit-percent': number(
    'percent of the live updates that one run may expire because the upstream no longer lists them',
  ),
  'feature-runtime-mins': number('maximum run time of feature updates'),
  'non-feature-runtime-mins': number('maximum run time of other Windows updates and of Office 365 updates'),
  'non-windows-runtime-mins': number('maximum run time of all other updates'),
  'after-sync-command': {
    type: 'string',
    describe: 'full path of the program or .ps1 script that gets each finished run; empty to clear',
  },
  'after-sync-argument': texts('argument of the after-sync command; may be repeated'),
  upstream: text('URL of the upstream server'),
  'microsoft-update': flag('synchronize from Microsoft Update'),
  'no-source': flag('do not synchronize'),
  proxy: text('URL of the proxy'),
  'proxy-user': text('user name for the proxy'),
  'proxy-password-stdin': flag('read the password for the proxy from stdin'),
  'no-proxy': flag('stop using a proxy'),
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
  string: { ...text('schedule string, 16 hexadecimal digits for each token'), demandOption: true },
} as const;
const NEXT_OPTIONS = {
  ...SCHEDULE_OPTIONS,
  count: { ...number('how many'), default: 5 },
  zone: text('IANA time zone, such as Europe/Berlin; default: the time zone of this machine'),
} as const;

/** Arguments that may be given several times. */
export const REPEATABLE: ReadonlySet<string> = new Set([
  ...['ids', 'alert-id', 'email-address', 'add-email-address', 'remove-email-address'],
  ...Object.entries<Options>({ ...NEW_SITE_OPTIONS, ...UPDATE_OPTIONS, ...CONFIG_OPTIONS })
    .filter(([, option]) => option.array === true)
    .map(([name]) => name),
]);

const STDIO_OPTIONS = {
  parent: number('process id of the session that starts this program'),
  captured: flag('another program reads the output of that session, or it is a remote session'),
} as const;
const CHECK_OPTIONS = { ...SITE_OPTIONS, quick: flag('check only headers and sizes') } as const;
const REPAIR_OPTIONS = {
  ...SITE_OPTIONS,
  'accept-loss': flag('repair a damaged database although transactions are lost; the damaged files are kept'),
  rebuild: flag('rebuild an unreadable database from the documents; settings and history are lost'),
} as const;

const ENGINE_OPTIONS = {
  'site-path': { ...text('site folder'), demandOption: true },
  'idle-seconds': { ...number('end after this many seconds without work'), default: IDLE_SECONDS },
  'own-log': flag('write engine.log, because nobody reads standard error'),
} as const;

const LISTEN_OPTIONS = {
  port: number('port to serve downstream servers on'),
  host: text('address to listen on, with --port; default: 127.0.0.1'),
  'allow-http': flag('serve other machines without encryption'),
  'redirect-content': flag('downstream servers ask this site for update files and are redirected to Microsoft'),
  'address-share': number('percent of the connections and memory of the port for one address, 1 to 100; default: 25'),
} as const;
const AFTER_SYNC_OPTION = {
  'allow-after-sync-command': flag(
    'allow the service to run the after-sync command, which operators set, under its account',
  ),
} as const;
const SERVE_OPTIONS = { ...SITE_OPTIONS, ...LISTEN_OPTIONS, ...AFTER_SYNC_OPTION } as const;

const ACCOUNT_OPTION = {
  account: text('account of the service; default: SYSTEM on Windows, the owner of the site folder elsewhere'),
} as const;
const SERVICE_LISTEN_OPTIONS = {
  ...LISTEN_OPTIONS,
  port: number('port to serve downstream servers on; 0 to stop serving'),
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
  action: { ...text('the action to show'), choices: ['install', 'uninstall', 'start', 'stop'], default: 'install' },
} as const;

const SAMPLE_OPTIONS = {
  ...JSON_OPTIONS,
  port: { ...number('port, 0 for any'), default: 8530 },
  host: { ...text('address to listen on'), default: '127.0.0.1' },
  updates: { ...number('generated updates'), default: 2000 },
  seed: { ...number('seed of the generator'), default: 1 },
  size: number('characters per document'),
  'all-current': flag('generate only single updates that are neither expired nor superseded'),
  package: {
    ...text('package made by wsusutil export, served instead of generated updates'),
    conflicts: ['size', 'all-current'],
  },
  blob: { ...text('how documents are sent'), choices: ['plain', 'mszip', 'lzx'], default: 'plain' },
  'answer-bytes': number('most bytes in an answer; it has at least one document'),
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
