import { join } from 'node:path';
import { packageFolder } from '../../platform/packageFolder.js';

/** What to type in PowerShell to do the same against Microsoft Update. */
export function closingWords(): readonly string[] {
  return [
    'The same against Microsoft Update, in PowerShell:',
    '',
    `  Import-Module '${join(packageFolder(), 'ConfigMgrSync.psd1')}'`,
    '  New-CMSyncSite -SiteCode ABC',
    '  Set-CMSoftwareUpdatePointComponent -UseLocalMachineRoot   # Windows; elsewhere -SourceCABundle FILE with ' +
      "Microsoft's root",
    '  Sync-CMSoftwareUpdate -Wait                  # brings the products and classifications',
    "  Set-CMSoftwareUpdatePointComponent -AddProduct 'Windows 11' -AddUpdateClassification 'Security Updates'",
    '  Sync-CMSoftwareUpdate -Wait -PassThru',
    '  Get-CMSoftwareUpdateSyncStatus',
    '  Get-CMSoftwareUpdate -Fast | Sort-Object DatePosted -Descending | Select-Object -First 10',
    '  Install-CMSyncService                        # keeps schedules and retries: without it nothing starts by itself',
    '',
  ];
}
