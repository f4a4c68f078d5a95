import type { Argv } from 'yargs';
import { flag, siteOptions, text, type Args } from './options.js';

const exportOptions = {
  ...siteOptions,
  path: { ...text('file to write; its name ends in .cab or .xml.gz'), demandOption: true },
  since: text('number of a run, or a date: only what was stored after that'),
  'include-content-list': flag('write a list of the content files beside it'),
  force: flag('replace a file that is there'),
} as const;
const importOptions = {
  ...siteOptions,
  path: { ...text('package to import'), demandOption: true },
  force: flag('import although the package does not fit the site'),
  'what-if': flag('change nothing, check the package'),
} as const;
const certificateOptions = {
  ...siteOptions,
  path: text('file to write; without it the certificate goes to stdout'),
  force: flag('replace a file that is there'),
} as const;

const passwordOption = { 'password-stdin': flag('read the password of the backup from stdin') } as const;
const backupOptions = {
  ...siteOptions,
  ...passwordOption,
  path: { ...text('folder to make; it must not exist'), demandOption: true },
} as const;
const restoreOptions = {
  json: siteOptions.json,
  ...passwordOption,
  path: { ...text('folder of the backup'), demandOption: true },
  'site-path': text('site folder; without it that of the site code under the root'),
  replace: flag('put back a site that is there'),
  'what-if': flag('change nothing, check the backup and say what would be'),
} as const;

export type BackupArgs = Args<typeof backupOptions>;
export type RestoreArgs = Args<typeof restoreOptions>;
export type ExportArgs = Args<typeof exportOptions>;
export type CertificateArgs = Args<typeof certificateOptions>;
export type ImportArgs = Args<typeof importOptions>;

/** Options of the verbs `export`, `certificate`, `import`, `backup` and `restore`. */
export const exportCatalog = (parser: Argv) => parser.options(exportOptions);
export const certificate = (parser: Argv) => parser.options(certificateOptions);
export const importCatalog = (parser: Argv) => parser.options(importOptions);
export const backup = (parser: Argv) => parser.options(backupOptions);
export const restore = (parser: Argv) => parser.options(restoreOptions);
