import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { quoted } from '../cmdlets/fakeSession.js';
import { powershellSuite, jsonInSession } from '../powershell/powershellEngine.js';

type SignSteps = (options: {
  folder: string;
  files: readonly string[];
  thumbprint: string;
  timestampServer?: string;
}) => string[];

powershellSuite('package: the script that signs it', (engine) => {
  it('is one that PowerShell parses, whatever the folder is called, with the files it shall sign', async () => {
    const { signSteps } = (await import(
      pathToFileURL(join(packageFolder(), 'server', 'bootstrap', 'package', 'signSteps.mjs')).href
    )) as { signSteps: SignSteps };
    const folder = "C:\\Users\\O'Neil\\Mes modules \u00e9 [1] $x";
    const files = [
      'ConfigMgrSync.psd1',
      'cmdlets/ConfigMgrSync.psm1',
      'cmdlets/ConfigMgrSync.Format.ps1xml',
      'RoleCapabilities/ConfigMgrSyncStatus.psrc',
      'docs/examples/ConfigMgrSync.pssc',
      'dist/server/main.js',
    ];
    const text = signSteps({ folder, files, thumbprint: 'AB12', timestampServer: "http://time.test/it's" }).join('\n');
    const script =
      `$errors = $null; $tokens = $null
$ast = [System.Management.Automation.Language.Parser]::ParseInput(${quoted(text)}, [ref] $tokens, [ref] $errors)
$texts = @($ast.FindAll({ $args[0] -is [System.Management.Automation.Language.StringConstantExpressionAst] }, ` +
      `$true) | ForEach-Object { $_.Value })
ConvertTo-Json -Compress @{ errors = @($errors | ForEach-Object { $_.Message }); folder = $texts ` +
      `-contains ${quoted(folder)}; signed = @($texts | Where-Object { $_ ` +
      `-in ${files.map((file) => quoted(file)).join(', ')} }) }`;
    expect(await jsonInSession(engine(), script)).to.deep.equal({
      errors: [],
      folder: true,
      signed: files.slice(0, 3),
    });
  });
});
