export { locatePowerShell } from './locatePowerShell.js';
export type { MissingPowerShell, PowerShellEngine } from './powershellChoice.js';
export { runFile, runPowerShell, runPowerShellJson } from './powershellProcess.js';
export { PowerShellRunError, trailingJson } from './powershellRun.js';
export type { PowerShellOptions, PowerShellRun } from './powershellRun.js';
export { powershellSuite } from './powershellSuite.js';
export { repositoryRoot } from './repositoryRoot.js';
export { jsonInSession, runInSession } from './sharedSession.js';
