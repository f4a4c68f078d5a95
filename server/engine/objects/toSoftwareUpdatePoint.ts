import type { EmbeddedProperty, SoftwareUpdatePoint as SysResUse } from '../../contract/generated/types.js';
import { describeSite } from '../../site/describeSite.js';
import { isSameServer } from '../../site/isSameServer.js';
import type { SiteContext } from '../../state/SiteContext.js';
import type { SoftwareUpdatePoint } from '../../state/SoftwareUpdatePoint.js';

const ROLE = 'SMS Software Update Point';
const NOT_CO_LOCATED = 8;

/** What a software update point is shown with. */
export interface PointSurroundings {
  readonly context: Pick<SiteContext, 'site' | 'version'>;
  readonly defaultServer: string;
  /** The component has a proxy. */
  readonly hasProxy: boolean;
}

/** SMS_SCI_SysResUse of the role (configmgr.md section 2.5), Props in a stable order, then ours. */
export function toSoftwareUpdatePoint(
  point: SoftwareUpdatePoint,
  { context, defaultServer, hasProxy }: PointSurroundings,
): SysResUse {
  const { siteCode } = context.site;
  const { serverName } = point;
  const path = `["Display=\\\\${serverName}\\"]MSWNET:["SMS_SITE=${siteCode}"]\\\\${serverName}\\`;
  return {
    FileType: 2,
    ItemName: `${path},${ROLE}`,
    ItemType: 'System Resource Usage',
    NALPath: path,
    NALType: 'Windows NT Server',
    NetworkOSPath: `\\\\${serverName}`,
    PropLists: [],
    Props: propsOf(point, hasProxy),
    RoleCount: 1,
    RoleName: ROLE,
    SiteCode: siteCode,
    SslState: Number(point.isSsl),
    Type: isSameServer(serverName, context.site.serverName)
      ? describeSite(context.site, context.version).Type
      : NOT_CO_LOCATED,
    ServerName: serverName,
    IsDefault: isSameServer(serverName, defaultServer),
    ClientConnectionType: point.clientConnectionType,
    AnonymousWsusAccess: point.isAnonymous,
    PublicVirtualIP: point.publicVirtualIP,
    NlbVirtualIP: point.nlbVirtualIP,
    Wledbat: point.isLedbat,
  };
}

function propsOf(point: SoftwareUpdatePoint, hasProxy: boolean): EmbeddedProperty[] {
  const number = (name: string, value: number | boolean): EmbeddedProperty => ({
    PropertyName: name,
    Value: Number(value),
    Value1: '',
    Value2: '',
  });
  const { clientConnectionType: clients, useProxy = hasProxy } = point;
  return [
    number('WSUSIISPort', point.httpPort),
    number('WSUSIISSSLPort', point.httpsPort),
    number('SSLWSUS', point.isSsl),
    number('IsIntranet', clients !== 'Internet'),
    number('IsINF', clients !== 'Intranet'),
    number('UseProxy', useProxy),
    number('UseProxyForADR', point.useProxyForRules),
    number('AllowProxyTraffic', point.usesCloudGateway),
    { PropertyName: 'WSUSAccessAccount', Value: 0, Value1: 'REG_SZ', Value2: point.accessAccount },
  ];
}
