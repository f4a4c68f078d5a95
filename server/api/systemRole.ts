import type { SiteSystemServer } from '../contract/generated/types.js';

type Place = Pick<
  SiteSystemServer,
  'FileType' | 'ItemName' | 'ItemType' | 'NALPath' | 'NALType' | 'NetworkOSPath' | 'PropLists'
>;

/** What SMS_SCI_SysResUse says of the place of a role on a server of a site (configmgr.md section 2.5). */
export function placeOfRole(
  role: string,
  { serverName, siteCode }: { readonly serverName: string; readonly siteCode: string },
): Place {
  const path = `["Display=\\\\${serverName}\\"]MSWNET:["SMS_SITE=${siteCode}"]\\\\${serverName}\\`;
  return {
    FileType: 2,
    ItemName: `${path},${role}`,
    ItemType: 'System Resource Usage',
    NALPath: path,
    NALType: 'Windows NT Server',
    NetworkOSPath: `\\\\${serverName}`,
    PropLists: [],
  };
}
