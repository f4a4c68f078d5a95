import type { Argv } from 'yargs';
import { flag, SITE_OPTIONS, text, type Args } from './options.js';

const EXPORT_OPTIONS = {
  ...SITE_OPTIONS,
  path: { ...text('file to write; its name ends in .cab or .xml.gz'), demandOption: true },
  since: text('run number or date: export only what was stored after it'),
  'include-content-list': flag('write a list of the content files beside it'),
  force: flag('replace an existing file'),
} as const;
const IMPORT_OPTIONS = {
  ...SITE_OPTIONS,
  path: { ...text('package to import'), demandOption: true },
  force: flag('import even if the package does not match the site'),
  'what-if': flag('change nothing, only check the package'),
} as const;
const CERTIFICATE_OPTIONS = {
  ...SITE_OPTIONS,
  path: text('file to write; default: stdout'),
  force: flag('replace an existing file'),
} as const;

const REPORT_OPTIONS = {
  ...SITE_OPTIONS,
  path: text('file to write; default: stdout'),
  since: text('what changed since this date'),
  days: { type: 'number', requiresArg: true, describe: 'what changed in this many days; default: 7' },
  format: {
    type: 'string',
    requiresArg: true,
    choices: ['Html', 'Csv', 'Json', 'Text'],
    describe: 'default: what the name of the file ends with, otherwise Html; on stdout Text',
  },
  force: flag('replace an existing file'),
} as const;

const PASSWORD_OPTION = { 'password-stdin': flag('read the password of the backup from stdin') } as const;
const BACKUP_OPTIONS = {
  ...SITE_OPTIONS,
  ...PASSWORD_OPTION,
  path: { ...text('folder to make; it must not exist yet'), demandOption: true },
} as const;
const RESTORE_OPTIONS = {
  json: SITE_OPTIONS.json,
  ...PASSWORD_OPTION,
  path: { ...text('folder of the backup'), demandOption: true },
  'site-path': text('site folder; default: the folder of the site code under the root'),
  replace: flag('replace an existing site'),
  account: text('not on Windows, as root: the account that owns a new site folder'),
  'what-if': flag('change nothing, check the backup and show what would be restored'),
} as const;

const MOVE_OPTIONS = {
  ...SITE_OPTIONS,
  database: {
    ...text(
      'where the database is to be: in memory with a journal, in a file of SQLite (Node.js 24.15), or in PostgreSQL',
    ),
    choices: ['embedded', 'sqlite', 'postgres'],
  },
  'database-address-file': text(
    'file with the address of the database in PostgreSQL, - for stdin; else CONFIGMGRSYNC_DATABASE_URL or a prompt',
  ),
  'drop-old': flag('remove the database that the last move has left, or the copy of an interrupted move'),
  'leave-on-server': flag(
    'with --drop-old: leave its tables on a database server that is gone for good, and forget them',
  ),
  'what-if': flag('change nothing, and show what would be done'),
} as const;

export type MoveArgs = Args<typeof MOVE_OPTIONS>;
export type BackupArgs = Args<typeof BACKUP_OPTIONS>;
export type RestoreArgs = Args<typeof RESTORE_OPTIONS>;
export type ExportArgs = Args<typeof EXPORT_OPTIONS>;
export type CertificateArgs = Args<typeof CERTIFICATE_OPTIONS>;
export type ReportArgs = Args<typeof REPORT_OPTIONS>;
export type ImportArgs = Args<typeof IMPORT_OPTIONS>;

/** Options of the verbs `export`, `certificate`, `report`, `import`, `backup`, `restore` and `site move`. */
export const exportCatalog = (parser: Argv) => parser.options(EXPORT_OPTIONS);
export const certificate = (parser: Argv) => parser.options(CERTIFICATE_OPTIONS);
export const report = (parser: Argv) => parser.options(REPORT_OPTIONS);
export const importCatalog = (parser: Argv) => parser.options(IMPORT_OPTIONS);
export const backup = (parser: Argv) => parser.options(BACKUP_OPTIONS);
export const restore = (parser: Argv) => parser.options(RESTORE_OPTIONS);
export const move = (parser: Argv) => parser.options(MOVE_OPTIONS);
