import type { Argv } from 'yargs';
import type { Verb } from './administrationOptions.js';
import * as transferOptions from './transferOptions.js';

/** The verbs that write files of a site for others, and read them. */
export function addTransferVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('export', 'export the catalogue into a file', transferOptions.exportCatalog, (args) =>
      choose(async (context) => (await import('../verbs/catalog.js')).exportCatalog(args, context)),
    )
    .command(
      'certificate',
      'write the certificate that downstream servers must trust',
      transferOptions.certificate,
      (args) => choose(async (context) => (await import('../verbs/certificate.js')).certificate(args, context)),
    )
    .command(
      'report',
      'write what changed since a time, as a page, a table or a text',
      transferOptions.report,
      (args) => choose(async (context) => (await import('../verbs/report.js')).report(args, context)),
    )
    .command('import', 'synchronize with an exported catalogue', transferOptions.importCatalog, (args) =>
      choose(async (context) => (await import('../verbs/catalog.js')).importCatalog(args, context)),
    )
    .command('backup', 'back up the site into a new folder while its engine runs', transferOptions.backup, (args) =>
      choose(async (context) => (await import('../verbs/backup.js')).backup(args, context)),
    )
    .command('restore', 'restore a site from a backup', transferOptions.restore, (args) =>
      choose(async (context) => (await import('../verbs/backup.js')).restore(args, context)),
    );
}
