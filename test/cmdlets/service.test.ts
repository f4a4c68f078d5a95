import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, runWithModule, withFake } from './fakeSession.js';

powershellSuite('cmdlets: the service', (engine) => {
  it('shows the whole registration and every step with -WhatIf, and does nothing', () =>
    withFake('', async (fake) => {
      const run = await runWithModule(engine(), fake, 'Install-CMSyncService -Account svc -WhatIf');
      expect(run.stdout.replace(/\r/g, ''))
        .to.contain(
          'What if: Install the service \\ConfigMgrSync\\ABC of site ABC under NT AUTHORITY\\SYSTEM:\n<Task>\n  ' +
            '<UserId>S-1-5-18</UserId>\n</Task>\n',
        )
        .and.to.contain('Register-ScheduledTask -Xml (as above)\nsecond step');
      expect(fake.notes('service/describe')[0]?.value).to.deep.equal({ action: 'Install', account: 'svc' });
      await runWithModule(
        engine(),
        fake,
        'Install-CMSyncService -Port 8530 -ListenAddress 0.0.0.0 -AllowHttp -RedirectContent ' +
          '-AddressShare 60 -AllowAfterSyncCommand -WhatIf',
      );
      expect(fake.notes('service/describe')[1]?.value).to.deep.equal({
        action: 'Install',
        port: 8530,
        host: '0.0.0.0',
        allowHttp: true,
        redirectsContent: true,
        addressShare: 60,
        allowAfterSyncCommand: true,
      });
      expect(fake.notes('service/install')).to.deep.equal([]);
      await runWithModule(
        engine(),
        fake,
        'Stop-CMSyncService -WhatIf; Start-CMSyncService -WhatIf; Uninstall-CMSyncService -WhatIf',
      );
      expect(
        fake
          .notes('service/describe')
          .slice(2)
          .map(({ value }) => value['action']),
      ).to.deep.equal(['Stop', 'Start', 'Uninstall']);
      expect(fake.notes('service/control')).to.deep.equal([]);
    }));

  it('installs with a credential, whose password goes to the engine on standard input', () =>
    withFake('', async (fake) => {
      const script =
        `$secret = [securestring]::new(); 'pa$$'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
$service = Install-CMSyncService -SiteCode ABC -Credential ([pscredential]::new('CONTOSO\\svc', $secret))
[ordered]@{ type = $service.PSObject.TypeNames[0]; state = $service.State; time = ` +
        `$service.HeartbeatTime.GetType().Name; steps = $service.Commands.Count } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        type: 'IResultObject#CMSync_Service',
        state: 'Running',
        time: 'DateTime',
        steps: 2,
      });
      const { requestId, ...rest } = fake.notes('service/install')[0]?.value ?? {};
      expect([typeof requestId, rest]).to.deep.equal(['string', { account: 'CONTOSO\\svc', password: 'pa$$' }]);
    }));

  it('starts, stops and removes, and gives the service when asked', () =>
    withFake('', async (fake) => {
      const script =
        '$all = @(Start-CMSyncService; Stop-CMSyncService -PassThru; Uninstall-CMSyncService -SiteCode ABC); ' +
        'ConvertTo-Json -Compress @($all.Count, $all[0].Account)';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([1, 'NT AUTHORITY\\SYSTEM']);
      expect(fake.notes('service/control').map(({ value }) => value['action'])).to.deep.equal([
        'Start',
        'Stop',
        'Uninstall',
      ]);
    }));

  it('has the age of the heartbeat in the status', () =>
    withFake('', async (fake) => {
      const script =
        '$row = Get-CMSoftwareUpdateSyncStatus; ConvertTo-Json -Compress @($row.HeartbeatAgeSeconds, ' +
        '$row.HeartbeatTime.GetType().Name)';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([12, 'DateTime']);
    }));

  it('puts the access of a site right, and shows before what would be set', () =>
    withFake('', async (fake) => {
      const shown = await runWithModule(engine(), fake, 'Repair-CMSyncSiteAccess -WhatIf');
      expect(shown.stdout).to.contain('It belongs to S-1-5-21-9.').and.to.contain('Set owner and access list of C:');
      expect(fake.notes('site/repairAccess').map(({ value }) => value['whatIf'])).to.deep.equal([true]);
      const script =
        '$done = Repair-CMSyncSiteAccess -PassThru; ConvertTo-Json -Compress @($done.Changed, $done.Steps.Count)';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([true, 1]);
      await runWithModule(engine(), fake, 'Repair-CMSyncSiteAccess -IncludeParent -Confirm:$false');
      const asked = fake.notes('site/repairAccess').map(({ value }) => [value['whatIf'], value['includeParent']]);
      expect(asked.slice(-2)).to.deep.equal([
        [true, true],
        [undefined, true],
      ]);
    }));
});
