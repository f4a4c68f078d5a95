import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '../../server/platform/packageFolder.js';

type Module = Record<string, (...args: unknown[]) => unknown>;
const load = async (name: string): Promise<Module> =>
  (await import(pathToFileURL(join(packageFolder(), 'server', 'bootstrap', 'package', name)).href)) as Module;
const THUMBPRINT = '0123456789ABCDEF0123456789ABCDEF01234567';

describe('package: what is written and how it is signed', () => {
  it('reads what it is asked for, and says what is wrong', async () => {
    const { readArguments, thumbprintOf } = await load('readArguments.mjs');
    expect(readArguments!(['--sign', THUMBPRINT, '--timestamp-server', 'http://stamp'], 'win32')).to.deep.include({
      sign: THUMBPRINT,
      timestampServer: 'http://stamp',
    });
    expect(thumbprintOf!('\u200e01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef 01 23 45 67')).to.equal(THUMBPRINT);
    expect(readArguments!(['--sign', THUMBPRINT], 'linux'))
      .to.have.property('problem')
      .that.contains('Windows');
    expect(readArguments!(['--sign', 'abc'], 'win32'))
      .to.have.property('problem')
      .that.contains('40 hexadecimal');
    expect(readArguments!(['--sign'], 'win32'))
      .to.have.property('problem')
      .that.contains('--sign');
    expect(readArguments!(['--other', '1'], 'win32'))
      .to.have.property('problem')
      .that.contains('--other');
  });

  it('takes the same folders as npm would', async () => {
    const { copied } = (await load('writePackage.mjs')) as unknown as { copied: readonly string[] };
    const { files } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { files: string[] };
    const wanted = copied.filter((name) => !name.startsWith('cmdlets/'));
    expect([...files].sort()).to.deep.equal([...wanted, 'cmdlets', 'ConfigMgrSync.psd1', 'dist'].sort());
  });

  it('signs scripts, manifest, format file and catalogue, each checked, the catalogue last', async () => {
    const { signSteps } = await load('signSteps.mjs');
    const files = [
      'ConfigMgrSync.psd1',
      'cmdlets/ConfigMgrSync.psm1',
      'cmdlets/ConfigMgrSync.Format.ps1xml',
      'dist/server/main.js',
      "docs/it's.ps1",
      'README.md',
    ];
    const steps = signSteps!({
      folder: "C:\\A b\\O'Neil",
      files,
      thumbprint: THUMBPRINT,
      timestampServer: 'http://stamp',
    }) as string[];
    const signed = steps.flatMap(
      (line) =>
        /^Set-AuthenticodeSignature .*-ChildPath '((?:[^']|'')+)'\) \| Confirm-Signature$/.exec(line)?.[1] ?? [],
    );
    expect(signed).to.deep.equal([
      'ConfigMgrSync.psd1',
      'cmdlets/ConfigMgrSync.psm1',
      'cmdlets/ConfigMgrSync.Format.ps1xml',
      "docs/it''s.ps1",
    ]);
    expect(steps).to.include("$folder = 'C:\\A b\\O''Neil'");
    expect(
      steps
        .filter((line) => line.startsWith('Set-AuthenticodeSignature'))
        .every((line) => line.includes("-TimestampServer 'http://stamp'") && line.endsWith('| Confirm-Signature')),
    ).to.equal(true);
    const order = [
      'New-FileCatalog',
      'Set-AuthenticodeSignature -Certificate $certificate -HashAlgorithm SHA256 -IncludeChain NotRoot ' +
        "-TimestampServer 'http://stamp' -LiteralPath $catalogue",
      'Move-Item',
      'if ((Test-FileCatalog',
    ];
    expect(steps.slice(-4).map((line, index) => line.startsWith(order[index]!))).to.deep.equal([
      true,
      true,
      true,
      true,
    ]);
    expect(signSteps!({ folder: 'C:\\x', files, thumbprint: THUMBPRINT })).to.satisfy((lines: string[]) =>
      lines.every((line) => !line.includes('-TimestampServer')),
    );
  });

  it('has each paragraph of the help in one line, and commands, lists and links as they stand', async () => {
    const { flowHelp } = await load('flowHelp.mjs');
    const help = (lines: readonly string[]): string => ['function A {', '    <#', ...lines, '    #>', '}'].join('\n');
    const given = help([
      '    .DESCRIPTION',
      '    One sentence that',
      '    goes on.',
      '',
      '    * a list',
      '    * of two',
      '    .EXAMPLE',
      '    PS> A |',
      '    PS> B',
      '',
      '    What it',
      '    does.',
      '    .LINK',
      '    one',
      '    two',
    ]);
    expect(flowHelp!(given)).to.equal(
      given.replace('that\n    goes', 'that goes').replace('What it\n    does', 'What it does'),
    );
    expect(flowHelp!('function B { }')).to.equal('function B { }');
  });

  it(
    'puts the functions where the module loads its files, and refuses a module that it does not ' + 'understand',
    async () => {
      const { mergedText } = await load('mergeModule.mjs');
      const script =
        "$a = 1\r\nforeach ($folder in 'private', 'public') {\r\n    foreach ($file in 1) {\r\n        . " +
        "$file\r\n    }\r\n}\r\n'end'\r\n";
      expect(mergedText!(script, ["function A {\r\n    '$&'\r\n}\r\n", 'function B { }\n'])).to.equal(
        "$a = 1\nfunction A {\n    '$&'\n}\n\nfunction B { }\n'end'\n",
      );
      expect(() => mergedText!("'nothing'\n", [])).to.throw('no loop');
    },
  );

  it('lists the files in the manifest and refuses two versions', async () => {
    const { packageManifest } = await load('packageManifest.mjs');
    const manifest = "@{\n    ModuleVersion     = '1.2.3'\n    PrivateData          = @{\n    }\n}\n";
    expect(packageManifest!(manifest, { version: '1.2.3', files: ["it's.txt"] })).to.contain(
      "    FileList             = @(\n        'ConfigMgrSync.psd1'\n        'it''s.txt'\n    )\n    PrivateData ",
    );
    expect(() => packageManifest!(manifest, { version: '1.2.4', files: [] })).to.throw('1.2.3');
  });

  it('finds the packages of bundled files', async () => {
    const { packagesIn } = await load('bundleEngine.mjs');
    const paths = [
      'server/main.ts',
      'node_modules/ajv/lib/a.js',
      'node_modules/ajv/lib/b.js',
      'node_modules/@a/b/c.js',
      'node_modules/a/node_modules/b/index.js',
    ];
    expect(packagesIn!(paths)).to.deep.equal(['ajv', '@a/b', 'a/node_modules/b']);
  });
});
