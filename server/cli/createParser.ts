import yargs, { type Argv } from 'yargs';
import { SyncError } from '../errors/SyncError.js';
import { packageVersion } from '../platform/packageFolder.js';
import { addAlertVerbs } from './addAlertVerbs.js';
import { addAdministrationVerbs } from './addAdministrationVerbs.js';
import * as administrationOptions from './administrationOptions.js';
import type { Verb } from './administrationOptions.js';
import { addSiteServerVerbs } from './addSiteServerVerbs.js';
import * as options from './options.js';
import * as serverOptions from './serverOptions.js';
import * as supOptions from './supOptions.js';
import * as transferOptions from './transferOptions.js';
import { usageReason } from './usageReason.js';

const LONGEST_LINE = 120;

/** Builds the parser. It runs nothing: it hands over the verb, whose code is loaded when it runs. */
export function createParser(args: readonly string[], choose: (verb: Verb) => void, width = LONGEST_LINE): Argv {
  const parser = yargs([...args])
    .scriptName('configmgrsync')
    .version(packageVersion())
    .usage('$0 VERB [options]\n\nConfiguration Manager software update synchronization.')
    // --no-wait, --no-proxy, --no-schedule and --no-source are options of their own here.
    .parserConfiguration({ 'boolean-negation': false })
    .strict()
    .check((given) => onceEach(given), true)
    .demandCommand(1, 'No command given')
    .recommendCommands()
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      throw (
        error ?? new SyncError('InvalidRequest', { method: 'of the command line', reason: usageReason(message, args) })
      );
    })
    .wrap(Math.min(width, LONGEST_LINE));
  addSiteVerbs(parser, choose);
  addDataVerbs(parser, choose);
  addSupVerbs(parser, choose);
  addScheduleVerbs(parser, choose);
  addHostVerbs(parser, choose);
  addServiceVerbs(parser, choose);
  addAdministrationVerbs(parser, choose);
  addAlertVerbs(parser, choose);
  addTransferVerbs(parser, choose);
  return parser;
}

function nameOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** An option that takes one value is not given twice, and a number is a number. */
function onceEach(given: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(given)) {
    const isTwice =
      Array.isArray(value) &&
      name !== '_' &&
      !options.REPEATABLE.has(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    if (isTwice || Number.isNaN(value))
      throw new SyncError('InvalidRequest', {
        method: 'of the command line',
        reason: `${nameOf(name)} ${isTwice ? 'can be given only once' : 'must be a number'}`,
      });
  }
  return true;
}

function addSiteVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('site', 'make and list sites', (site) =>
    addSiteServerVerbs(site, choose)
      .command('new', 'make a site folder', options.newSite, (args) =>
        choose(async (context) => (await import('./verbs/site.js')).newSite(args, context)),
      )
      .command('list', 'list the sites', options.json, () =>
        choose(async (context) => (await import('./verbs/site.js')).listSites(context)),
      )
      .command('tree', 'list this site and the sites below it', options.site, (args) =>
        choose(async (context) => (await import('./verbs/siteLinks.js')).tree(args, context)),
      )
      .command(
        'join-token',
        'make a token for one site or software update point to join with',
        options.joinToken,
        (args) => choose(async (context) => (await import('./verbs/siteLinks.js')).joinToken(args, context)),
      )
      .command('revoke <code>', 'revoke a site or software update point permanently', options.revoke, (args) =>
        choose(async (context) => (await import('./verbs/siteLinks.js')).revoke(args, context)),
      )
      .command('update-key', 'rotate the key for the parent and the certificate of the port', options.site, (args) =>
        choose(async (context) => (await import('./verbs/siteLinks.js')).updateKey(args, context)),
      )
      .command(
        'repair-access',
        'correct the owner and access lists of a site folder (Windows)',
        options.repairAccess,
        (args) => choose(async (context) => (await import('./verbs/site.js')).repairSiteAccess(args, context)),
      )
      .command('move', 'move the site to another kind of database', transferOptions.move, (args) =>
        choose(async (context) => (await import('./verbs/move.js')).moveSite(args, context)),
      )
      .demandCommand(
        1,
        'No command given. Give new, list, tree, join-token, revoke, update-key, repair-access, move, attach, ' +
          'servers, remove-server, database-address, database-key, update-database-key or set-database-key',
      ),
  );
}

function addDataVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('sync', 'synchronize software updates', options.sync, (args) =>
      choose(async (context) => (await import('./verbs/sync.js')).sync(args, context)),
    )
    .command('run', 'list, wait for and stop synchronizations', (run) =>
      run
        .command('list', 'list the synchronizations, the newest first', options.runList, (args) =>
          choose(async (context) => (await import('./verbs/run.js')).listRuns(args, context)),
        )
        .command('wait [id]', 'wait for a synchronization to end; default: the newest', options.runWait, (args) =>
          choose(async (context) => (await import('./verbs/run.js')).waitRun(args, context)),
        )
        .command('stop [id]', 'stop a synchronization; default: the running one', options.runStop, (args) =>
          choose(async (context) => (await import('./verbs/run.js')).stopRun(args, context)),
        )
        .command(
          'changes [ids..]',
          'show what runs changed in software updates; default: the newest',
          administrationOptions.runChanges,
          (args) => choose(async (context) => (await import('./verbs/run.js')).runChanges(args, context)),
        )
        .demandCommand(1, 'No command given. Give list, wait, stop or changes'),
    )
    .command(
      'maintenance',
      'remove old, declined and obsolete updates, and compact the documents',
      options.maintenance,
      (args) => choose(async (context) => (await import('./verbs/maintenance.js')).maintenance(args, context)),
    )
    .command('status', 'show the synchronization status', options.site, (args) =>
      choose(async (context) => (await import('./verbs/lists.js')).status(args, context)),
    )
    .command('health', 'show the health of the site; exit code 0, 1, 2 or 3', options.site, (args) =>
      choose(async (context) => (await import('./verbs/health.js')).health(args, context)),
    )
    .command('updates', 'list and change software updates', (updates) =>
      updates
        .command('$0', 'list software updates', options.updates, (args) =>
          choose(async (context) => (await import('./verbs/updates.js')).updates(args, context)),
        )
        .command('set [ids..]', 'set custom severity and maximum run time of updates', options.updateSet, (args) =>
          choose(async (context) => (await import('./verbs/updates.js')).setUpdates(args, context)),
        ),
    )
    .command('categories', 'list products, families, companies and classifications', options.categories, (args) =>
      choose(async (context) => (await import('./verbs/lists.js')).categories(args, context)),
    )
    .command('config', 'show and change what is synchronized', (config) =>
      config
        .command('get', 'show the component', options.site, (args) =>
          choose(async (context) => (await import('./verbs/config.js')).getConfig(args, context)),
        )
        .command('set', 'change the component', options.config, (args) =>
          choose(async (context) => (await import('./verbs/config.js')).setConfig(args, context)),
        )
        .demandCommand(1, 'No command given. Give get or set'),
    );
}

function addSupVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('server', 'site system servers of the site', (server) =>
    server
      .command('list', 'list site system servers, the site server first', serverOptions.serverList, (args) =>
        choose(async (context) => (await import('./verbs/server.js')).listServers(args, context)),
      )
      .command('add <server>', 'record a server; nothing is installed on it', serverOptions.serverChange, (args) =>
        choose(async (context) => (await import('./verbs/server.js')).addServer(args, context)),
      )
      .command('set <server>', 'change a recorded server', serverOptions.serverChange, (args) =>
        choose(async (context) => (await import('./verbs/server.js')).setServer(args, context)),
      )
      .demandCommand(1, 'No command given. Give list, add or set'),
  );
  parser.command('sup', 'software update points of the site', (sup) =>
    sup
      .command('list [name]', 'list software update points, the default first', supOptions.supList, (args) =>
        choose(async (context) => (await import('./verbs/sup.js')).listSups(args, context)),
      )
      .command('add <server>', 'add the role to a server', supOptions.supAdd, (args) =>
        choose(async (context) => (await import('./verbs/sup.js')).addSup(args, context)),
      )
      .command('set <server>', 'change a software update point', supOptions.supSet, (args) =>
        choose(async (context) => (await import('./verbs/sup.js')).setSup(args, context)),
      )
      .command('remove <server>', 'remove a software update point', supOptions.supRemove, (args) =>
        choose(async (context) => (await import('./verbs/sup.js')).removeSup(args, context)),
      )
      .demandCommand(1, 'No command given. Give list, add, set or remove'),
  );
}

function addTransferVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('export', 'export the catalogue into a file', transferOptions.exportCatalog, (args) =>
      choose(async (context) => (await import('./verbs/catalog.js')).exportCatalog(args, context)),
    )
    .command(
      'certificate',
      'write the certificate that downstream servers must trust',
      transferOptions.certificate,
      (args) => choose(async (context) => (await import('./verbs/certificate.js')).certificate(args, context)),
    )
    .command(
      'report',
      'write what changed since a time, as a page, a table or a text',
      transferOptions.report,
      (args) => choose(async (context) => (await import('./verbs/report.js')).report(args, context)),
    )
    .command('import', 'synchronize with an exported catalogue', transferOptions.importCatalog, (args) =>
      choose(async (context) => (await import('./verbs/catalog.js')).importCatalog(args, context)),
    )
    .command('backup', 'back up the site into a new folder while its engine runs', transferOptions.backup, (args) =>
      choose(async (context) => (await import('./verbs/backup.js')).backup(args, context)),
    )
    .command('restore', 'restore a site from a backup', transferOptions.restore, (args) =>
      choose(async (context) => (await import('./verbs/backup.js')).restore(args, context)),
    );
}

function addScheduleVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('schedule', 'read schedule strings', (schedule) =>
    schedule
      .command('convert <string>', 'show the tokens of a schedule string', options.schedule, (args) =>
        choose(async (context) => (await import('./verbs/schedule.js')).convert(args, context)),
      )
      .command('next <string>', 'show when it occurs next', options.nextOccurrences, (args) =>
        choose(async (context) => (await import('./verbs/schedule.js')).next(args, context)),
      )
      .demandCommand(1, 'No command given. Give convert or next'),
  );
}

function addServiceVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  const control =
    (action: 'Uninstall' | 'Start' | 'Stop') =>
    (args: options.SiteArgs): void =>
      choose(async (context) => (await import('./verbs/service.js')).controlService(action, args, context));
  parser.command('service', 'run the engine as a service that starts with the machine', (service) =>
    service
      .command('install', 'register the service', options.installService, (args) =>
        choose(async (context) => (await import('./verbs/service.js')).installService(args, context)),
      )
      .command('uninstall', 'remove the service', options.site, control('Uninstall'))
      .command('start', 'start the service', options.site, control('Start'))
      .command('stop', 'stop the service until it is started again', options.site, control('Stop'))
      .command('print', 'show what an action would register and do', options.printService, (args) =>
        choose(async (context) => (await import('./verbs/service.js')).printService(args, context)),
      )
      .demandCommand(1, 'No command given. Give install, uninstall, start, stop or print'),
  );
}

function addHostVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('check', 'verify everything that the site has stored', options.check, (args) =>
      choose(async (context) => (await import('./verbs/check.js')).check(args, context)),
    )
    .command('repair', 'repair damage that a check finds', options.repair, (args) =>
      choose(async (context) => (await import('./verbs/repair.js')).repair(args, context)),
    )
    .command('stdio', 'speak JSON-RPC on stdin and stdout (for the PowerShell module)', options.stdio, (args) =>
      choose(async () => (await import('./verbs/stdio.js')).runStdio(args)),
    )
    .command('engine', 'run the engine of a site (other verbs start it when needed)', options.engine, (args) =>
      choose(async () => (await import('./verbs/engine.js')).engine(args)),
    )
    .command('serve', 'run the engine of a site permanently, in the foreground', options.serve, (args) =>
      choose(async (context) => (await import('./verbs/serve.js')).serve(args, context)),
    )
    .command('sample-upstream', 'serve a sample catalogue as an upstream WSUS server', options.sampleUpstream, (args) =>
      choose(async (context) => (await import('./verbs/sampleUpstream.js')).sampleUpstream(args, context)),
    );
}
