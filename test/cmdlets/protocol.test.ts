import { expect } from 'chai';
import { CONTRACT_RANGE } from '../../server/contract/versions.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, withFake } from './fakeSession.js';
import type { Caught } from './fakeSession.js';

powershellSuite('cmdlets: the conversation with the engine', (engine) => {
  const status = '(Get-CMSoftwareUpdateSyncStatus).WSUSServerName | ConvertTo-Json -Compress';

  it('says hello once, connects once, and asks many times in one process', () =>
    withFake('', async (fake) => {
      await jsonOf(engine(), fake, `1..5 | ForEach-Object { [void] (Get-CMSoftwareUpdateSyncStatus) }\n${status}`);
      expect(fake.notes('hello')).to.have.length(1);
      expect(fake.notes('hello')[0]?.value).to.deep.include({
        moduleVersion: packageVersion(),
        contract: CONTRACT_RANGE,
      });
      expect(fake.notes('site/connect')).to.have.length(1);
      expect(fake.notes('status/get')).to.have.length(6);
    }));

  it('puts frames and characters together that arrive in pieces', () =>
    withFake('split', async (fake) => {
      expect(await jsonOf(engine(), fake, status)).to.equal('süp.contoso.com');
      expect(await jsonOf(engine(), fake, '(Connect-CMSyncSite ABC).SiteName | ConvertTo-Json -Compress')).to.equal(
        'Zürich \u{1F600}',
      );
    }));

  it('sends text that is not ASCII unharmed', () =>
    withFake('', async (fake) => {
      await jsonOf(
        engine(),
        fake,
        "Set-CMSoftwareUpdatePointComponent -AddProduct ('Gr' + [char] 0xFC + 'n ' + " +
          "[char]::ConvertFromUtf32(0x1F600)) -WarningAction SilentlyContinue; '1'",
      );
      expect(fake.notes('component/set')[0]?.value['addProduct']).to.deep.equal(['Grün \u{1F600}']);
    }));

  it('drains the error output of the engine', () =>
    withFake('noise', async (fake) => {
      expect(await jsonOf(engine(), fake, status)).to.equal('süp.contoso.com');
    }));

  it('makes an error of the engine an error of the command', () =>
    withFake('fail=run/list', async (fake) => {
      const caught = await jsonOf<Caught>(engine(), fake, errorOf('Get-CMSyncRun -Id 9'));
      expect(caught).to.deep.equal({
        id: 'RunNotFound,Get-CMSyncRun',
        category: 'ObjectNotFound',
        message: 'There is no run 9 (é).',
        next: 'Look elsewhere.',
        target: { run: 9 },
      });
    }));

  for (const [method, command] of Object.entries({
    'run/stop': 'Stop-CMSyncRun -Confirm:$false',
    'run/changes': 'Get-CMSyncChange',
    'alert/set': 'Set-CMAlert -Comment x',
    'content/list': 'Get-CMSoftwareUpdateContentInfo',
  })) {
    it(`lets one object of a pipeline fail and goes on with the others: ${command}`, () =>
      withFake(`fail=${method}`, async (fake) => {
        const items = method.startsWith('run/')
          ? '7, 8 | ForEach-Object { [pscustomobject]@{ Id = $_; RunId = $_; Run = $_ } }'
          : `${method === 'alert/set' ? 'Get-CMAlert' : 'Get-CMSoftwareUpdate -Fast | Select-Object -First 1'} | ` +
            `ForEach-Object { $_; $_ }`;
        const script = `${items} | ${command} -ErrorAction SilentlyContinue -ErrorVariable problems
@($problems | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) | ConvertTo-Json -Compress`;
        expect(await jsonOf(engine(), fake, script)).to.deep.equal(['RunNotFound', 'RunNotFound']);
        expect(fake.notes(method)).to.have.length(2);
        const stopped = `try { ${items} | ${command} -ErrorAction Stop } catch { }
'1'`;
        await jsonOf(engine(), fake, stopped);
        expect(fake.notes(method)).to.have.length(3);
      }));
  }

  it('starts a child that died once more and asks again with the same requestId', () =>
    withFake('die=sync/start', async (fake) => {
      expect(await jsonOf(engine(), fake, '(Sync-CMSoftwareUpdate -PassThru).Id | ConvertTo-Json -Compress')).to.equal(
        7,
      );
      const asked = fake.notes('sync/start');
      expect(asked.map(({ start }) => start)).to.deep.equal([1, 2]);
      expect(asked[0]?.value['requestId'])
        .to.equal(asked[1]?.value['requestId'])
        .and.to.match(/^[0-9a-f-]{36}$/);
    }));

  it('tells why when the child dies again', () =>
    withFake('die=status/get;always', async (fake) => {
      const caught = await jsonOf<Caught>(engine(), fake, errorOf('Get-CMSoftwareUpdateSyncStatus'));
      expect(caught.id).to.equal('EngineUnreachable,Get-CMSoftwareUpdateSyncStatus');
      expect(caught.message).to.contain('exit code 3').and.to.contain('boom: the fake engine died');
      expect(fake.notes('status/get')).to.have.length(2);
    }));

  it('tells why when the child dies at hello', () =>
    withFake('die=hello;always', async (fake) => {
      const caught = await jsonOf<Caught>(engine(), fake, errorOf('Get-CMSoftwareUpdateSyncStatus'));
      expect(caught.id).to.equal('EngineUnreachable,Get-CMSoftwareUpdateSyncStatus');
    }));

  it('refuses an engine of another contract', () =>
    withFake('contract=3', async (fake) => {
      const caught = await jsonOf<Caught>(engine(), fake, errorOf('Get-CMSyncRun'));
      expect([caught.id, caught.message]).to.deep.equal([
        'ContractMismatch,Get-CMSyncRun',
        'The module speaks contract 1 to 2 and the engine speaks 3.',
      ]);
    }));

  it('works with an engine of the first contract', () =>
    withFake('contract=1', async (fake) => {
      expect(await jsonOf(engine(), fake, status)).to.equal('süp.contoso.com');
    }));

  it('starts a new child when the environment of the session changes', () =>
    withFake('', async (fake) => {
      await jsonOf(engine(), fake, `[void] (Get-CMSyncRun); $env:CONFIGMGRSYNC_SITE = '/other'; ${status}`);
      expect(fake.notes('hello')).to.have.length(2);
    }));

  it('works in a job and leaves no child behind when the module is removed', () =>
    withFake('', async (fake) => {
      await jsonOf(engine(), fake, `[void] (Get-CMSyncRun); Remove-Module ConfigMgrSync; '1'`);
      expect(fake.notes('run/list')).to.have.length(1);
    }));
});
