import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: subscriptions of alerts and how they are sent', (engine) => {
  it('make, change, test and remove subscriptions by name, id and object', () =>
    withFake('', async (fake) => {
      const script = `$secret = ConvertTo-SecureString 'key' -AsPlainText -Force
$made = New-CMAlertSubscription -Name 'On call' -EmailAddress 'a@b.c;d@e.f' -AlertIds 5, 6 -QuietHours '22:00-06:00'
[void] (New-CMAlertSubscription -Name Channel -AddEmailAddress @() -WebhookUri 'https://x.test/' -WebhookSecret $secret)
$address = ConvertTo-SecureString 'https://y.test/' -AsPlainText -Force
$two = @{ WebhookUri = 'x'; SecureWebhookUri = $address }
$both = try { $made | Set-CMAlertSubscription @two } catch { $_.FullyQualifiedErrorId }
$made | Set-CMAlertSubscription -SecureWebhookUri $address
$made | Set-CMAlertSubscription -NewName n -RemoveEmailAddress 'a@b.c'
Set-CMAlertSubscription -Id 3 -AlertId @()
Set-CMAlertSubscription -Name 'O*' -LocaleId 1033 -ForceWildcardHandling
$made | Remove-CMAlertSubscription -Force
Get-CMAlertSubscription | Remove-CMAlertSubscription -WhatIf 3> $null
[void] (Get-CMAlertSubscription -Id '16*')
$tested = $made | Test-CMSyncAlertSubscription
$seen = @($made.PSObject.TypeNames)[0], $made.ID.GetType().Name, $made.AlertIDs[0], $tested.Succeeded, $tested.Answer
$seen += $both
ConvertTo-Json -Compress $seen`;
      const shown = [
        'IResultObject#SMS_Subscription',
        'UInt32',
        16_777_217,
        true,
        '250 taken',
        'ContradictoryParameters,Set-CMAlertSubscription',
      ];
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(shown);
      const sent = (method: string): object[] =>
        fake.notes(method).map(({ value: { requestId: _id, ...rest } }) => rest as object);
      expect(sent('subscription/add')).to.deep.equal([
        { name: 'On call', emailAddresses: ['a@b.c;d@e.f'], alertIds: [5, 6], quietHours: '22:00-06:00' },
        { name: 'Channel', emailAddresses: [], webhookUri: 'https://x.test/', webhookSecret: 'key' },
      ]);
      expect(sent('subscription/set')).to.deep.equal([
        { id: '3', webhookUri: 'https://y.test/' },
        { id: '3', newName: 'n', removeEmailAddresses: ['a@b.c'] },
        { id: '3', wildcard: false, alertIds: [] },
        { name: 'O*', wildcard: true, localeId: 1033 },
      ]);
      expect(sent('subscription/remove')).to.deep.equal([{ id: '3' }]);
      expect(sent('subscription/test')).to.deep.equal([{ id: '3', wildcard: true }]);
    }));

  it('set the mail server with a credential whose password goes to the engine alone', () =>
    withFake('', async (fake) => {
      const script = `$secure = ConvertTo-SecureString 'geheim' -AsPlainText -Force
$credential = New-Object PSCredential 'sync', $secure
$given = @{ SmtpServer = 'mail.test'; Sender = 's@mail.test'; Credential = $credential }
$said = Set-CMSyncNotification @given -Verbose -PassThru 4>&1 3> $null
$text = @($said | ForEach-Object { [string] $_ }) -join ' '
@{ leaks = $text.Contains('geheim'); port = (Get-CMSyncNotification).SmtpPort } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({ leaks: false, port: 587 });
      const [{ value } = { value: {} }] = fake.notes('notification/set');
      expect(value).to.deep.include({ smtpServer: 'mail.test', userName: 'sync', smtpPassword: 'geheim' });
    }));
});
