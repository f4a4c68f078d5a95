import type { Argv } from 'yargs';
import * as administrationOptions from './administrationOptions.js';
import type { Verb } from './administrationOptions.js';
import * as options from './options.js';

/** The verbs for synchronizations and what comes of them. */
export function addSyncVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('sync', 'synchronize software updates', options.sync, (args) =>
    choose(async (context) => (await import('../verbs/sync.js')).sync(args, context)),
  );
  addRunVerbs(parser, choose);
  addStateVerbs(parser, choose);
  addUpdateVerbs(parser, choose);
  addConfigVerbs(parser, choose);
}

function addRunVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('run', 'list, wait for and stop synchronizations', (run) =>
    run
      .command('list', 'list the synchronizations, the newest first', options.runList, (args) =>
        choose(async (context) => (await import('../verbs/run.js')).listRuns(args, context)),
      )
      .command('wait [id]', 'wait for a synchronization to end; default: the newest', options.runWait, (args) =>
        choose(async (context) => (await import('../verbs/run.js')).waitRun(args, context)),
      )
      .command('stop [id]', 'stop a synchronization; default: the running one', options.runStop, (args) =>
        choose(async (context) => (await import('../verbs/run.js')).stopRun(args, context)),
      )
      .command(
        'changes [ids..]',
        'show what runs changed in software updates; default: the newest',
        administrationOptions.runChanges,
        (args) => choose(async (context) => (await import('../verbs/run.js')).runChanges(args, context)),
      )
      .demandCommand(1, 'No command given. Give list, wait, stop or changes'),
  );
}

function addStateVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command(
      'maintenance',
      'remove old, declined and obsolete updates, and compact the documents',
      options.maintenance,
      (args) => choose(async (context) => (await import('../verbs/maintenance.js')).maintenance(args, context)),
    )
    .command('status', 'show the synchronization status', options.site, (args) =>
      choose(async (context) => (await import('../verbs/lists.js')).status(args, context)),
    )
    .command('health', 'show the health of the site; exit code 0, 1, 2 or 3', options.site, (args) =>
      choose(async (context) => (await import('../verbs/health.js')).health(args, context)),
    );
}

function addUpdateVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('updates', 'list and change software updates', (updates) =>
      updates
        .command('$0', 'list software updates', options.updates, (args) =>
          choose(async (context) => (await import('../verbs/updates.js')).updates(args, context)),
        )
        .command('set [ids..]', 'set custom severity and maximum run time of updates', options.updateSet, (args) =>
          choose(async (context) => (await import('../verbs/updates.js')).setUpdates(args, context)),
        ),
    )
    .command('categories', 'list products, families, companies and classifications', options.categories, (args) =>
      choose(async (context) => (await import('../verbs/lists.js')).categories(args, context)),
    );
}

function addConfigVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('config', 'show and change what is synchronized', (config) =>
    config
      .command('get', 'show the component', options.site, (args) =>
        choose(async (context) => (await import('../verbs/config.js')).getConfig(args, context)),
      )
      .command('set', 'change the component', options.config, (args) =>
        choose(async (context) => (await import('../verbs/config.js')).setConfig(args, context)),
      )
      .demandCommand(1, 'No command given. Give get or set'),
  );
}
