import { posix, win32 } from 'node:path';

/** What the place of the sites depends on. */
export interface SiteRootOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
}

/** The folder that holds the site folders. */
export function siteRoot({ env, platform, homeFolder }: SiteRootOptions): string {
  const chosen = env['CONFIGMGRSYNC_HOME'];
  if (isSet(chosen)) return chosen;
  if (platform === 'win32') return win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'ConfigMgrSync');
  const state = env['XDG_STATE_HOME'];
  return posix.join(isSet(state) ? state : posix.join(homeFolder, '.local', 'state'), 'configmgrsync');
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
