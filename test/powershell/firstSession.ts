import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repositoryRoot.js';

/** The address that the document names in the place of the sample upstream's. */
export const DOCUMENTED_UPSTREAM = 'http://wsus.contoso.com:8530';

/** The document. */
export const firstSessionFile = join(repositoryRoot(), 'docs', 'first-session.md');

/** What the newcomer types, as the document has it. */
export function firstSessionCommands(): readonly string[] {
  return [...readFileSync(firstSessionFile, 'utf8').matchAll(/^PS> (.*)$/gm)].map(([, command = '']) => command);
}

/** A script that types commands one after the other and prints prompt, command and what is shown; an error ends it. */
export function transcriptScript(manifest: string, commands: readonly string[], upstream: string): string {
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const steps = commands.map((command) => {
    const typed = command
      .replace('Import-Module ConfigMgrSync', `Import-Module ${literal(manifest)}`)
      .replace(DOCUMENTED_UPSTREAM, upstream);
    return (
      `[Console]::Out.WriteLine(${literal(`PS> ${command}`)}); $shown = (. ` +
      `([scriptblock]::Create(${literal(typed)})) 3>&1 | ForEach-Object -Process { if ($_ -is ` +
      '[System.Management.Automation.WarningRecord]) { "WARNING: $_" } else { $_ } } | Out-String -Width 110)' +
      `.Trim("\`r", "\`n")
if ($shown) { [Console]::Out.WriteLine(($shown -replace '[ \\t]+(?=\\r?$|\\r?\\n)')) }
[Console]::Out.WriteLine()`
    );
  });
  return `$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'\n${steps.join('\n')}\nexit 0`;
}
