import type { Argv } from 'yargs';
import type { Verb } from './administrationOptions.js';
import { addSiteServerVerbs } from './addSiteServerVerbs.js';
import * as options from './options.js';
import * as transferOptions from './transferOptions.js';

/** The verbs of `site`. */
export function addSiteVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser.command('site', 'make and list sites', (site) =>
    addSiteServerVerbs(site, choose)
      .command('new', 'make a site folder', options.newSite, (args) =>
        choose(async (context) => (await import('../verbs/site.js')).newSite(args, context)),
      )
      .command('list', 'list the sites', options.json, () =>
        choose(async (context) => (await import('../verbs/site.js')).listSites(context)),
      )
      .command('tree', 'list this site and the sites below it', options.site, (args) =>
        choose(async (context) => (await import('../verbs/siteLinks.js')).tree(args, context)),
      )
      .command(
        'join-token',
        'make a token for one site or software update point to join with',
        options.joinToken,
        (args) => choose(async (context) => (await import('../verbs/siteLinks.js')).joinToken(args, context)),
      )
      .command('revoke <code>', 'revoke a site or software update point permanently', options.revoke, (args) =>
        choose(async (context) => (await import('../verbs/siteLinks.js')).revoke(args, context)),
      )
      .command('update-key', 'rotate the key for the parent and the certificate of the port', options.site, (args) =>
        choose(async (context) => (await import('../verbs/siteLinks.js')).updateKey(args, context)),
      )
      .command(
        'repair-access',
        'correct the owner and access lists of a site folder (Windows)',
        options.repairAccess,
        (args) => choose(async (context) => (await import('../verbs/site.js')).repairSiteAccess(args, context)),
      )
      .command('move', 'move the site to another kind of database', transferOptions.move, (args) =>
        choose(async (context) => (await import('../verbs/move.js')).moveSite(args, context)),
      )
      .demandCommand(
        1,
        'No command given. Give new, list, tree, join-token, revoke, update-key, repair-access, move, attach, ' +
          'servers, remove-server, database-address, database-key, update-database-key or set-database-key',
      ),
  );
}
