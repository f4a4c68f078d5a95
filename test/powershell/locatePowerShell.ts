import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { choosePowerShell } from './powershellChoice.js';
import type { MissingPowerShell, PowerShellEngine } from './powershellChoice.js';
import { toolPowerShell } from './powershellTool.js';

let located: Promise<PowerShellEngine | MissingPowerShell> | undefined;

/** CONFIGMGRSYNC_PWSH, else pwsh, else the .NET tool where dotnet is, else powershell.exe; looked for once. */
export function locatePowerShell(): Promise<PowerShellEngine | MissingPowerShell> {
  located ??= probe(process.env);
  return located;
}

async function probe(env: NodeJS.ProcessEnv): Promise<PowerShellEngine | MissingPowerShell> {
  const configured = env['CONFIGMGRSYNC_PWSH'];
  const choice = choosePowerShell({
    ...(configured === undefined || configured === ''
      ? {}
      : { configured: { path: configured, exists: existsSync(configured) } }),
    pwsh: onPath('pwsh', env),
    windowsPowerShell: process.platform === 'win32' ? onPath('powershell', env) : undefined,
    dotnet: onPath('dotnet', env),
  });
  if (choice.use === 'executable') return choice.engine;
  return choice.use === 'tool' ? toolPowerShell(choice.dotnet) : { missing: choice.missing };
}

function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
}
