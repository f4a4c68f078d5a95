import type { SendMessage } from '../notify/Deliverer.js';
import { notificationSecrets } from '../notify/notificationSecrets.js';
import { runProgram } from '../platform/runProgram.js';
import { realSealer } from '../platform/sealSecret.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { hookRefusal, programRefusal } from '../state/afterSyncRefusal.js';
import { readSettings } from '../state/settingsStore.js';
import { AfterSyncCommand } from './AfterSyncCommand.js';
import { RuleProgram } from './RuleProgram.js';

/** What programs of a site are started with: the environment of the engine, on its system. */
function programHost(context: SiteContext) {
  return {
    log: context.log,
    environment: process.env,
    system: { platform: process.platform, env: process.env, run: runProgram },
  };
}

/** The after-sync command of a site; the engine is kept from `onBusy` to `onIdle`. */
export function afterSyncCommand(
  context: SiteContext,
  { onBusy, onIdle }: { readonly onBusy: () => void; readonly onIdle: () => void },
): AfterSyncCommand {
  const settings = async (): Promise<ComponentSettings> => readSettings(context.database, context.site.serverName);
  return new AfterSyncCommand({
    settings,
    ...programHost(context),
    refusal: async (hook) => hookRefusal(context, hook),
    onBusy,
    onIdle,
  });
}

/** The programs of the status filter rules of a site. */
export function rulePrograms(context: SiteContext): RuleProgram {
  return new RuleProgram({
    ...programHost(context),
    refusal: async (program) => programRefusal(context, program),
  });
}

/** Mail and HTTP are loaded when the first alert is sent. */
export function sendAlert(context: SiteContext): SendMessage {
  const secrets = notificationSecrets(context.site, realSealer());
  return async (message, to, how) => {
    const { send } = await import('../notify/Sender.js');
    return send(message, to, { context, secrets, environment: process.env, ...how });
  };
}
