import { systemProgram, type ScriptSystem } from './windowsScript.js';

/** The code page of the consoles of this Windows; undefined elsewhere, and where the registry does not tell it. */
export async function consoleCodePage(
  system: ScriptSystem & { readonly platform: NodeJS.Platform },
): Promise<number | undefined> {
  if (system.platform !== 'win32') return undefined;
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';
  const { stdout } = await system.run({
    command: systemProgram('reg.exe', system.env),
    args: ['query', key, '/v', 'OEMCP'],
  });
  const number = /\bOEMCP\s+REG_SZ\s+(\d+)/.exec(stdout)?.[1];
  return number === undefined ? undefined : Number(number);
}
