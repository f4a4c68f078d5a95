import type { Argv } from 'yargs';
import type { Verb } from './administrationOptions.js';
import * as options from './options.js';

/** The verbs for the engine itself, its store and its service. */
export function addHostVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('check', 'verify everything that the site has stored', options.check, (args) =>
      choose(async (context) => (await import('../verbs/check.js')).check(args, context)),
    )
    .command('repair', 'repair damage that a check finds', options.repair, (args) =>
      choose(async (context) => (await import('../verbs/repair.js')).repair(args, context)),
    )
    .command('stdio', 'speak JSON-RPC on stdin and stdout (for the PowerShell module)', options.stdio, (args) =>
      choose(async () => (await import('../verbs/stdio.js')).runStdio(args)),
    )
    .command('engine', 'run the engine of a site (other verbs start it when needed)', options.engine, (args) =>
      choose(async () => (await import('../verbs/engine.js')).engine(args)),
    )
    .command('serve', 'run the engine of a site permanently, in the foreground', options.serve, (args) =>
      choose(async (context) => (await import('../verbs/serve.js')).serve(args, context)),
    )
    .command('sample-upstream', 'serve a sample catalogue as an upstream WSUS server', options.sampleUpstream, (args) =>
      choose(async (context) => (await import('../verbs/sampleUpstream.js')).sampleUpstream(args, context)),
    );
}

/** The verbs of `service`. */
export function addServiceVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  const control =
    (action: 'Uninstall' | 'Start' | 'Stop') =>
    (args: options.SiteArgs): void =>
      choose(async (context) => (await import('../verbs/service.js')).controlService(action, args, context));
  parser.command('service', 'run the engine as a service that starts with the machine', (service) =>
    service
      .command('install', 'register the service', options.installService, (args) =>
        choose(async (context) => (await import('../verbs/service.js')).installService(args, context)),
      )
      .command('uninstall', 'remove the service', options.site, control('Uninstall'))
      .command('start', 'start the service', options.site, control('Start'))
      .command('stop', 'stop the service until it is started again', options.site, control('Stop'))
      .command('print', 'show what an action would register and do', options.printService, (args) =>
        choose(async (context) => (await import('../verbs/service.js')).printService(args, context)),
      )
      .demandCommand(1, 'No command given. Give install, uninstall, start, stop or print'),
  );
}
