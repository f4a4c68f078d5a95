import type { Argv } from 'yargs';
import type { Verb } from './administrationOptions.js';
import { site } from './options.js';
import * as options from './siteServerOptions.js';

/** The verbs of `site` for a site that several servers share. */
export function addSiteServerVerbs(parser: Argv, choose: (verb: Verb) => void): Argv {
  return parser
    .command('attach', 'make this machine a further server of a site in PostgreSQL', options.attach, (args) =>
      choose(async (context) => (await import('../verbs/siteServers.js')).attach(args, context)),
    )
    .command('database-address', 'give a site in PostgreSQL another address', options.databaseAddress, (args) =>
      choose(async (context) => (await import('../verbs/siteServers.js')).databaseAddress(args, context)),
    )
    .command('servers', 'list the servers of the site', site, (args) =>
      choose(async (context) => (await import('../verbs/siteServers.js')).servers(args, context)),
    )
    .command('remove-server <name>', 'remove a server that does not run any more', options.removeServer, (args) =>
      choose(async (context) => (await import('../verbs/siteServers.js')).removeServer(args, context)),
    )
    .command('database-key', 'show the key that a further server needs', options.databaseKey, (args) =>
      choose(async (context) => (await import('../verbs/databaseKeys.js')).databaseKey(args, context)),
    )
    .command('update-database-key', 'seal the keys of the site again with a new key', site, (args) =>
      choose(async (context) => (await import('../verbs/databaseKeys.js')).updateDatabaseKey(args, context)),
    )
    .command('set-database-key', 'give this server the new key of the database', options.setDatabaseKey, (args) =>
      choose(async (context) => (await import('../verbs/databaseKeys.js')).setDatabaseKey(args, context)),
    );
}
