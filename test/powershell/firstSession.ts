import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repositoryRoot.js';

/** The address that the document names in the place of the sample upstream's. */
export const DOCUMENTED_UPSTREAM = 'http://wsus.contoso.com:8530';

/** The document. */
export const firstSessionFile = join(repositoryRoot(), 'docs', 'first-session.md');

/** What the newcomer types, as the document has it. */
export function firstSessionCommands(): readonly string[] {
  const [, narrow = ''] = /```powershell\n([\s\S]*?)\n```/.exec(readFileSync(firstSessionFile, 'utf8')) ?? [];
  return [...narrow.matchAll(/^PS> (.*)$/gm)].map(([, command = '']) => command);
}

/** The windows that the session is shown in. */
export const SESSION_WIDTHS = [80, 120] as const;
/** What stands between what the one window shows and what the other does. */
export const OTHER_WINDOW = '=== another window ===';

/**
 * A script that types commands one after the other and prints prompt, command and what is shown, as a window of each
 * width shows it; an error ends it.
 */
export function transcriptScript(manifest: string, commands: readonly string[], upstream: string): string {
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const steps = commands.map((command) => {
    const typed = command
      .replace('Import-Module ConfigMgrSync', `Import-Module ${literal(manifest)}`)
      .replace(DOCUMENTED_UPSTREAM, upstream);
    return (
      `$shown = @(. ([scriptblock]::Create(${literal(typed)})) 3>&1 | ForEach-Object -Process { if ($_ -is ` +
      '[System.Management.Automation.WarningRecord]) { "WARNING: $_" } else { $_ } })\n' +
      `foreach ($width in ${SESSION_WIDTHS.join(', ')}) { Show ${literal(`PS> ${command}`)} $shown $width }`
    );
  });
  return `$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'
$windows = @{ ${SESSION_WIDTHS.map((width) => `${width} = [System.Text.StringBuilder]::new()`).join('; ')} }
function Show($prompt, $objects, $width) {
  $text = ($objects | Out-String -Width $width).Trim("\`r", "\`n") -replace '[ \\t]+(?=\\r?$|\\r?\\n)'
  foreach ($part in $prompt, $text) { if ($part) { [void] $windows[$width].AppendLine($part) } }
  [void] $windows[$width].AppendLine()
}
${steps.join('\n')}
[Console]::Out.WriteLine($windows[${SESSION_WIDTHS[0]}].ToString() + '${OTHER_WINDOW}')
[Console]::Out.WriteLine($windows[${SESSION_WIDTHS[1]}].ToString())
exit 0`;
}
