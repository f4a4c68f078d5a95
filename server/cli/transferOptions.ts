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

export type ExportArgs = Args<typeof exportOptions>;
export type ImportArgs = Args<typeof importOptions>;

/** Options of the verbs `export` and `import`. */
export const exportCatalog = (parser: Argv) => parser.options(exportOptions);
export const importCatalog = (parser: Argv) => parser.options(importOptions);
