import type { Argv } from 'yargs';
import type { Verb } from './administrationOptions.js';
import * as serverOptions from './serverOptions.js';
import * as supOptions from './supOptions.js';

/** The verbs for site system servers and software update points. */
export function addSupVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('server', 'site system servers of the site', (server) =>
    server
      .command('list', 'list site system servers, the site server first', serverOptions.serverList, (args) =>
        choose(async (context) => (await import('../verbs/server.js')).listServers(args, context)),
      )
      .command('add <server>', 'record a server; nothing is installed on it', serverOptions.serverChange, (args) =>
        choose(async (context) => (await import('../verbs/server.js')).addServer(args, context)),
      )
      .command('set <server>', 'change a recorded server', serverOptions.serverChange, (args) =>
        choose(async (context) => (await import('../verbs/server.js')).setServer(args, context)),
      )
      .demandCommand(1, 'No command given. Give list, add or set'),
  );
  parser.command('sup', 'software update points of the site', (sup) =>
    sup
      .command('list [name]', 'list software update points, the default first', supOptions.supList, (args) =>
        choose(async (context) => (await import('../verbs/sup.js')).listSups(args, context)),
      )
      .command('add <server>', 'add the role to a server', supOptions.supAdd, (args) =>
        choose(async (context) => (await import('../verbs/sup.js')).addSup(args, context)),
      )
      .command('set <server>', 'change a software update point', supOptions.supSet, (args) =>
        choose(async (context) => (await import('../verbs/sup.js')).setSup(args, context)),
      )
      .command('remove <server>', 'remove a software update point', supOptions.supRemove, (args) =>
        choose(async (context) => (await import('../verbs/sup.js')).removeSup(args, context)),
      )
      .demandCommand(1, 'No command given. Give list, add, set or remove'),
  );
}
