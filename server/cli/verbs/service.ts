import type { Service, ServiceControlRequest, ServiceDescribeRequest } from '../../contract/generated/types.js';
import type { ServiceControl } from '../../service/ServiceControl.js';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { listenPlanOf } from '../listenPlanOf.js';
import type { InstallArgs, PrintArgs, SiteArgs } from '../parser/options.js';
import { readSecret } from '../readSecret.js';

/** `service install`. */
export async function installService(args: InstallArgs, context: CommandContext): Promise<number> {
  const password = args['password-stdin'] === true ? await readSecret(context.input) : undefined;
  const control = await controlOf(args, context);
  const service = await control.install(
    defined({
      account: args.account,
      allowAfterSyncCommand: args['allow-after-sync-command'],
      password,
      ...listenPlanOf(args),
    }),
  );
  return show(
    service,
    `${service.Name} is registered under ${service.Account}. It starts with the machine. To start it now: ` +
      `configmgrsync service start`,
    context,
  );
}

/** `service start`, `service stop`, `service uninstall`. */
export async function controlService(
  action: ServiceControlRequest['action'],
  args: SiteArgs,
  context: CommandContext,
): Promise<number> {
  const done = { Start: 'is running', Stop: 'stays stopped until you start it', Uninstall: 'is removed' } as const;
  const service = await (await controlOf(args, context)).control(action);
  return show(service, `${service.Name} ${done[action]}.`, context);
}

/** `service print`: the registration and the steps of an action; nothing is done. */
export async function printService(args: PrintArgs, context: CommandContext): Promise<number> {
  const service = await (
    await controlOf(args, context)
  ).describe({
    action: actionOf(args.action),
    ...defined({
      account: args.account,
      allowAfterSyncCommand: args['allow-after-sync-command'],
      ...listenPlanOf(args),
    }),
  });
  return show(service, serviceLines(service).join('\n'), context);
}

/** The registration and the commands, as `-WhatIf` shows them too. */
export function serviceLines(service: Service): readonly string[] {
  return [service.Registration.trimEnd(), '', ...service.Commands];
}

async function controlOf(args: SiteArgs, context: CommandContext): Promise<ServiceControl> {
  await clientOf(args, context);
  return context.backend.service();
}

function actionOf(word: string): ServiceDescribeRequest['action'] {
  const actions = { install: 'Install', uninstall: 'Uninstall', start: 'Start', stop: 'Stop' } as const;
  return word in actions ? actions[word as keyof typeof actions] : 'Install';
}

function show(service: Service, words: string, context: CommandContext): number {
  if (context.json) printJson(context, service);
  else context.print(words);
  return EXIT_CODES.done;
}
