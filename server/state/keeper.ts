/**
 * Who keeps the times of a site. `Stopped`: its service is installed, and this engine, the only one that the site can
 * have, is another.
 */
export type Keeper = 'Service' | 'Stopped' | 'None';

/** Who it is, by whether this engine is the service and whether one is installed. */
export function keeperOf(isService: boolean, isInstalled: boolean): Keeper {
  if (isService) return 'Service';
  return isInstalled ? 'Stopped' : 'None';
}

/** Why times are kept only while an engine runs; undefined where a service runs. */
export function whyUnkept(keeper: Keeper): string | undefined {
  if (keeper === 'Service') return undefined;
  return keeper === 'None' ? 'no service is installed' : 'its service does not run';
}

/** How to have an engine that stays, at both surfaces. */
export function keepAdvice(keeper: Keeper): string {
  return keeper === 'Stopped'
    ? 'Start the service with Start-CMSyncService (configmgrsync service start).'
    : 'Install the service with Install-CMSyncService (configmgrsync service install).';
}

/** What somebody is told who has set what only an engine that stays does; undefined where one does. */
export function unkeptSetting(
  keeper: Keeper,
  { setsTimes, setsAlert }: { readonly setsTimes: boolean; readonly setsAlert: boolean },
): string | undefined {
  if (keeper === 'Service' || (!setsTimes && !setsAlert)) return undefined;
  const what = setsTimes
    ? `Nothing keeps this schedule${setsAlert ? ', so that it cannot raise the alert' : ''}`
    : 'Only synchronizations that a command starts can raise the alert';
  return `${what}: the engine ends when no command uses it. ${keepAdvice(keeper)}`;
}

/** What waits for an engine that stays. */
export interface ToKeep {
  readonly siteCode: string;
  /** A synchronization starts by itself at a time. */
  readonly hasTime: boolean;
  /** Without one it is a failed synchronization that is tried again. */
  readonly hasSchedule: boolean;
  readonly isChild: boolean;
  /** It is a further software update point, which has the code of the site that it follows. */
  readonly isPoint: boolean;
  /** Sites or software update points have joined. */
  readonly hasNodes: boolean;
}

/** That nobody keeps what there is to keep, with what to do; undefined where somebody does. */
export function unkeptText(keeper: Keeper, toKeep: ToKeep): string | undefined {
  const { siteCode, hasTime, hasSchedule, isChild, isPoint, hasNodes } = toKeep;
  const whose = isPoint ? 'this software update point' : `site ${siteCode}`;
  const duties = [
    ...(hasTime ? [hasSchedule ? 'keeps the schedule' : 'repeats the failed synchronization'] : []),
    ...(isChild ? [`listens to the ${isPoint ? 'site' : 'parent'}`] : []),
    ...(hasNodes ? ['serves those below'] : []),
  ];
  if (keeper === 'Service' || duties.length === 0) return undefined;
  if (keeper === 'Stopped')
    return (
      `The service of ${whose} does not run: start it with Start-CMSyncService ` + '(configmgrsync service start).'
    );
  return (
    `No service ${duties.join(' and ')} of ${whose}: install one with Install-CMSyncService ` +
    '(configmgrsync service install).'
  );
}
