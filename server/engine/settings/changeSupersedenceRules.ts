import type { ComponentSetRequest } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { ComponentSettings } from '../../state/ComponentSettings.js';

type Rules = Pick<
  ComponentSettings,
  'immediatelyExpireSupersedence' | 'waitMonth' | 'immediatelyExpireSupersedenceForFeature' | 'waitMonthForFeature'
>;

/** What is asked for of one rule, what is stored, and what the parameters are called. */
interface RuleChange {
  readonly immediately: boolean | undefined;
  readonly months: number | undefined;
  readonly stored: boolean;
  readonly names: readonly [string, string];
}

/**
 * Both supersedence rules after a change: months belong to a rule that waits (configmgr.md section 1.2); one that is
 * told to
 * wait without them keeps the months it had, 3 at first.
 * @throws SyncError ContradictoryParameters
 */
export function changeSupersedenceRules(settings: Rules, request: ComponentSetRequest): Rules {
  const {
    immediatelyExpireSupersedence: atOnce,
    waitMonth,
    immediatelyExpireSupersedenceForFeature: featureAtOnce,
    waitMonthForFeature,
  } = request;
  check({
    immediately: atOnce,
    months: waitMonth,
    stored: settings.immediatelyExpireSupersedence,
    names: ['ImmediatelyExpireSupersedence', 'WaitMonth'],
  });
  check({
    immediately: featureAtOnce,
    months: waitMonthForFeature,
    stored: settings.immediatelyExpireSupersedenceForFeature,
    names: ['ImmediatelyExpireSupersedenceForFeature', 'WaitMonthForFeature'],
  });
  return {
    immediatelyExpireSupersedence: atOnce ?? settings.immediatelyExpireSupersedence,
    waitMonth: waitMonth ?? settings.waitMonth,
    immediatelyExpireSupersedenceForFeature: featureAtOnce ?? settings.immediatelyExpireSupersedenceForFeature,
    waitMonthForFeature: waitMonthForFeature ?? settings.waitMonthForFeature,
  };
}

function check({ immediately, months, stored, names: [rule, wait] }: RuleChange): void {
  if (months === undefined) return;
  if (immediately === true)
    throw new SyncError('ContradictoryParameters', {
      reason: `${wait} does not go with ${rule} true: what expires at once does not wait`,
    });
  if (immediately === undefined && stored)
    throw new SyncError('ContradictoryParameters', {
      reason: `${wait} needs ${rule} false: the site expires superseded updates at once`,
    });
}
