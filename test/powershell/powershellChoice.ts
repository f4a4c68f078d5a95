/** Which PowerShell runs the tests: a pure decision over what the probing found. */

export interface PowerShellEngine {
  readonly kind: 'pwsh' | 'windows-powershell';
  readonly command: string;
  readonly leadingArguments: readonly string[];
  readonly description: string;
}

export interface MissingPowerShell {
  readonly missing: string;
}

export interface PowerShellFindings {
  /** Value of CONFIGMGRSYNC_PWSH, and whether a file is there. */
  readonly configured?: { readonly path: string; readonly exists: boolean };
  readonly pwsh?: string | undefined;
  readonly windowsPowerShell?: string | undefined;
  readonly dotnet?: string | undefined;
}

export type PowerShellChoice =
  | { readonly use: 'executable'; readonly engine: PowerShellEngine }
  | { readonly use: 'tool'; readonly dotnet: string }
  | { readonly use: 'none'; readonly missing: string };

export function choosePowerShell(found: PowerShellFindings): PowerShellChoice {
  if (found.configured !== undefined) {
    return found.configured.exists
      ? executable(found.configured.path)
      : { use: 'none', missing: `CONFIGMGRSYNC_PWSH names ${found.configured.path}, but there is no such file.` };
  }
  if (found.pwsh !== undefined) return executable(found.pwsh);
  if (found.dotnet !== undefined) return { use: 'tool', dotnet: found.dotnet };
  if (found.windowsPowerShell !== undefined) return executable(found.windowsPowerShell);
  return {
    use: 'none',
    missing:
      'No PowerShell was found: pwsh is not on PATH, and without dotnet on PATH it cannot be installed as a tool. ' +
      'Install PowerShell 7 or the .NET SDK 10, or name a PowerShell in CONFIGMGRSYNC_PWSH.',
  };
}

function executable(command: string): PowerShellChoice {
  const windows = /(^|[\\/])powershell(\.exe)?$/i.test(command);
  return {
    use: 'executable',
    engine: {
      kind: windows ? 'windows-powershell' : 'pwsh',
      command,
      leadingArguments: [],
      description: `${windows ? 'Windows PowerShell' : 'PowerShell'} at ${command}`,
    },
  };
}
