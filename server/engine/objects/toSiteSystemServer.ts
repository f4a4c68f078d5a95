import type { SiteSystemServer } from '../../contract/generated/types.js';

const ROLE = 'SMS Site System';

/** A server of a site as SMS_SCI_SysResUse. */
export function toSiteSystemServer(
  serverName: string,
  siteCode: string,
  type: SiteSystemServer['Type'],
): SiteSystemServer {
  const path = `["Display=\\\\${serverName}\\"]MSWNET:["SMS_SITE=${siteCode}"]\\\\${serverName}\\`;
  return {
    FileType: 2,
    ItemName: `${path},${ROLE}`,
    ItemType: 'System Resource Usage',
    NALPath: path,
    NALType: 'Windows NT Server',
    NetworkOSPath: `\\\\${serverName}`,
    PropLists: [],
    Props: [],
    RoleCount: 1,
    RoleName: ROLE,
    SiteCode: siteCode,
    SslState: 2,
    Type: type,
    ServerName: serverName,
  };
}
