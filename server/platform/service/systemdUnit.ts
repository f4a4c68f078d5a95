import { SyncError } from '../../errors/SyncError.js';
import { serveArguments, type ServicePlan } from './ServicePlan.js';

/** Name of the unit of a site. */
export function unitName(siteCode: string): string {
  return `configmgrsync-${siteCode}.service`;
}

/** Where an administrator's units lie. */
export function unitPath(siteCode: string): string {
  return `/etc/systemd/system/${unitName(siteCode)}`;
}

/**
 * The systemd unit of a site, see systemd.service(5) and systemd.exec(5). V8 writes machine code, so
 * MemoryDenyWriteExecute stays out.
 * @throws SyncError ServicePathUnsupported for a path that a unit cannot name
 */
export function systemdUnit(plan: ServicePlan): string {
  const runtime = `configmgrsync-${plan.siteCode}`;
  return lines([
    '[Unit]',
    `# ConfigMgrSync site ${plan.siteGuid}`,
    `Description=ConfigMgrSync engine of site ${plan.siteCode}`,
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=simple',
    `User=${plan.account.name}`,
    ...(plan.operatorGroup === undefined ? [] : [`SupplementaryGroups=${plan.operatorGroup}`]),
    `ExecStart=${[plan.program, ...serveArguments(plan)].map(quoteExecArgument).join(' ')}`,
    `WorkingDirectory=${plainPath(plan.sitePath)}`,
    // With PrivateTmp a socket in /tmp would be hidden from the sessions.
    `RuntimeDirectory=${runtime}`,
    'RuntimeDirectoryMode=0711',
    `Environment=XDG_RUNTIME_DIR=/run/${runtime}`,
    'Restart=on-failure',
    'RestartSec=5',
    'TimeoutStopSec=60',
    'UMask=0077',
    ...HARDENING,
    `PrivateTmp=${[plan.sitePath, plan.program, plan.main].some(isTemporary) ? 'no' : 'yes'}`,
    `ReadWritePaths="${plainPath(plan.sitePath)}"`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ]);
}

/** The site folder that a unit of ours names. */
export function folderOfUnit(text: string): string | undefined {
  return /^WorkingDirectory=(.+)$/m.exec(text)?.[1]?.replaceAll('%%', '%');
}

const HARDENING = [
  'NoNewPrivileges=yes',
  'CapabilityBoundingSet=',
  'PrivateDevices=yes',
  'ProtectSystem=strict',
  'ProtectHome=read-only',
  'ProtectKernelTunables=yes',
  'ProtectKernelModules=yes',
  'ProtectControlGroups=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'LockPersonality=yes',
  'SystemCallArchitectures=native',
] as const;

/** What lies there would be hidden from the service itself. */
function isTemporary(path: string): boolean {
  return /^\/(var\/)?tmp\//.test(path);
}

/** One word of ExecStart: in double quotes, with C escapes; `%` and `$` would be replaced. */
function quoteExecArgument(word: string): string {
  refuseControls(word);
  return `"${word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
}

/** A path where the unit knows no escapes but those of specifiers. */
function plainPath(path: string): string {
  refuseControls(path);
  if (/["'\\]|^\s|\s$/.test(path))
    throw new SyncError('ServicePathUnsupported', {
      path,
      reason: 'a unit cannot name a folder with quotes or backslashes, or with a space at its ends',
    });
  return path.replaceAll('%', '%%');
}

function refuseControls(text: string): void {
  if (/[\u0000-\u001f\u007f]/.test(text))
    throw new SyncError('ServicePathUnsupported', { path: text, reason: 'it holds a control character' });
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
