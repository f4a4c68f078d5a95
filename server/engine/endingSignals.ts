/**
 * The signals that end an engine cleanly. A service ends on Ctrl+C too, and on Windows on Ctrl+Break and when its
 * console is closed (which ends the process
 * after some seconds anyway); elsewhere the end of its terminal is not meant for it. An engine that was started on
 * demand belongs to no terminal.
 */
export function endingSignals(isService: boolean, platform: NodeJS.Platform): readonly NodeJS.Signals[] {
  if (!isService) return ['SIGTERM'];
  return platform === 'win32' ? ['SIGTERM', 'SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGTERM', 'SIGINT'];
}
