import type { ComponentSetRequest } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { ComponentSettings } from '../../state/ComponentSettings.js';

type ThirdParty = Pick<ComponentSettings, 'thirdPartyUpdates' | 'manualCertManagement'>;

/**
 * The switches for third-party updates after a change: they are kept as the product keeps them, and a warning says that
 * catalogues
 * of other publishers are not synchronized. Who manages the certificate matters only while they are on.
 * @throws SyncError ContradictoryParameters
 */
export function changeThirdParty(settings: ThirdParty, request: ComponentSetRequest, warnings: string[]): ThirdParty {
  const { enableThirdPartyUpdates: enabled, enableManualCertManagement: manual } = request;
  const isOn = enabled ?? settings.thirdPartyUpdates;
  if (manual !== undefined && !isOn) {
    throw new SyncError('ContradictoryParameters', {
      reason:
        'EnableManualCertManagement belongs to EnableThirdPartyUpdates true: third-party updates are switched off',
    });
  }
  if (enabled === true || manual !== undefined) {
    warnings.push(
      'Third-party updates are noted as the product notes them, but catalogues of other publishers are not ' +
        'synchronized: only what the upstream itself offers is.',
    );
  }
  return { thirdPartyUpdates: isOn, manualCertManagement: isOn && (manual ?? settings.manualCertManagement) };
}
