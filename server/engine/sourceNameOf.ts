import type { ComponentSettings } from './ComponentSettings.js';

/** WSUSSourceServer of the status row: `Microsoft Update`, or the host of the upstream. */
export function sourceNameOf(settings: ComponentSettings): string {
  if (settings.synchronizeAction === 'SynchronizeFromMicrosoftUpdate') return 'Microsoft Update';
  return URL.canParse(settings.upstreamSourceLocation)
    ? new URL(settings.upstreamSourceLocation).hostname
    : settings.upstreamSourceLocation;
}
