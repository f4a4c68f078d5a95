import { isSameServer } from '../../site/isSameServer.js';
import type { SoftwareUpdatePoints } from '../../state/SoftwareUpdatePoint.js';

/**
 * What the log of a run says of the software update points of the site, the default first (configmgr.md section 3.3).
 */
export function pointLines(siteServer: string, { defaultServer, points }: SoftwareUpdatePoints): readonly string[] {
  const names = [
    defaultServer,
    ...points.map((point) => point.serverName).filter((name) => !isSameServer(name, defaultServer)),
  ];
  return [
    `Read SUPs from SCF for ${siteServer.toUpperCase()}`,
    `Found ${names.length} SUPs`,
    ...names.map((name) => `Found active SUP ${name.toUpperCase()} from SCF File.`),
  ];
}
