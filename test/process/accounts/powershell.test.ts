import { expect } from 'chai';
import { join } from 'node:path';
import { IMPORT_MODULE_JSON } from '../../cmdlets/fakeSession.js';
import { jsonInSession, powershellSuite } from '../../powershell/powershellEngine.js';
import { AccountLab } from './AccountLab.js';
import { ACCOUNTS, GROUP, whyNoAccounts } from './accounts.js';

const { owner, operator } = ACCOUNTS;
const because = whyNoAccounts();

(because === '' ? describe : describe.skip)(`neighbour: root in PowerShell${because}`, function () {
  powershellSuite('New-CMSyncSite -Account', (engine) => {
    let lab: AccountLab;
    beforeEach(() => (lab = new AccountLab()));
    afterEach(async () => lab.remove());

    it('makes a site whose engine runs as that account; the status warns of a command of an operator', async () => {
      const session = async (script: string): Promise<unknown> =>
        jsonInSession(engine(), `${IMPORT_MODULE_JSON}${script}`, {
          env: { CONFIGMGRSYNC_HOME: join(lab.home, 'owned') },
        });
      const made = `$site = New-CMSyncSite -SiteCode ABC -Path '${lab.site}' -Account ${owner.userId} -Operator ${GROUP}
[void] (Get-CMSoftwareUpdateSyncStatus -WarningVariable told)
[ordered]@{ folder = $site.InstallDir; warnings = @($told).Count } | ConvertTo-Json -Compress`;
      expect(await session(made)).to.deep.equal({ folder: lab.site, warnings: 0 });
      expect(lab.engine.account).to.equal(owner.userId);
      const { code, err } = await lab.verb(operator, [
        ...['config', 'set', '--after-sync-command', '/bin/true', '--site-path', lab.site],
      ]);
      expect([code, err.includes(`runs as the user ${operator.userId}, who set it`)]).to.deep.equal([0, true]);
      const asked = `$row = Get-CMSoftwareUpdateSyncStatus -WarningVariable told -WarningAction SilentlyContinue
[ordered]@{ code = $row.SiteCode; told = [string] $told[0] } | ConvertTo-Json -Compress`;
      const { code: site, told } = (await session(asked)) as { code: string; told: string };
      expect(site).to.equal('ABC');
      expect(told).to.contain('/bin/true is set but not run').and.contain(`the account ${operator.userId} set it`);
    });
  });
});
