import type {
  EmbeddedProperty,
  SoftwareUpdatePoint as SysResUse,
  SupAddRequest,
  SupListRequest,
  SupListResult,
  SupRemoveRequest,
  SupRemoveResult,
  SupSetRequest,
  SupSetResult,
} from '../contract/generated/types.js';
import { wildcardPattern } from '../criteria/names.js';
import type { LinkedNode } from '../link/LinkedNode.js';
import { describeSite } from '../site/describeSite.js';
import { isSameServer } from '../site/isSameServer.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { SoftwareUpdatePoint, SoftwareUpdatePoints } from '../state/SoftwareUpdatePoint.js';
import { addPoint, pointOf, type PointRules, removePoint, setPoint } from '../state/changePoints.js';
import { readSettings } from '../state/settingsStore.js';
import { pointsChange, readPoints } from '../state/softwareUpdatePoints.js';
import type { Asked, KeepAnswer } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { placeOfRole } from './systemRole.js';

const ROLE = 'SMS Software Update Point';
const NOT_CO_LOCATED = 8;

/** What a software update point is shown with. */
interface PointSurroundings {
  readonly context: Pick<SiteContext, 'site' | 'version'>;
  readonly defaultServer: string;
  /** The component has a proxy. */
  readonly hasProxy: boolean;
}

/** SMS_SCI_SysResUse of the role (configmgr.md section 2.5), Props in a stable order, then ours. */
function toSoftwareUpdatePoint(
  point: SoftwareUpdatePoint,
  { context, defaultServer, hasProxy }: PointSurroundings,
): SysResUse {
  const { siteCode } = context.site;
  const { serverName } = point;
  return {
    ...placeOfRole(ROLE, { serverName, siteCode }),
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

/** `sup/list`: the default first; with `allSite` those that the sites below have reported follow. */
export async function listPoints(
  context: SiteContext,
  params: SupListRequest,
  nodes: readonly Pick<LinkedNode, 'role' | 'lastReport'>[] = [],
): Promise<SupListResult> {
  const known = await readPoints(context);
  const { proxyServer } = await readSettings(context.database, context.site.serverName);
  const isDefault = (serverName: string): boolean => isSameServer(serverName, known.defaultServer);
  const points = [...known.points].sort(
    (one, other) => Number(isDefault(other.serverName)) - Number(isDefault(one.serverName)),
  );
  const own = points.map((point) =>
    toSoftwareUpdatePoint(point, { context, defaultServer: known.defaultServer, hasProxy: proxyServer !== '' }),
  );
  const below =
    params.allSite === true
      ? nodes.flatMap((node) => (node.role === 'Site' ? (node.lastReport?.softwareUpdatePoints ?? []) : []))
      : [];
  return { softwareUpdatePoints: [...own, ...below].filter((point) => isMeant(point.ServerName, params)) };
}

function isMeant(serverName: string, { serverName: wanted, wildcard }: SupListRequest): boolean {
  if (wanted === undefined) return true;
  return wildcard === false ? isSameServer(serverName, wanted) : wildcardPattern(wanted).test(serverName);
}

/** `sup/add`. @throws SyncError SoftwareUpdatePointExists, SoftwareUpdatePointLimit, ContradictoryParameters */
export async function addSoftwareUpdatePoint(
  { context }: ServiceParts,
  params: SupAddRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SupSetResult> {
  return change(context, { params, keep, isNew: true }, (before) => addPoint(before, params, rulesOf(context)));
}

/** `sup/set`. @throws SyncError SoftwareUpdatePointNotFound, ContradictoryParameters */
export async function setSoftwareUpdatePoint(
  { context }: ServiceParts,
  params: SupSetRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SupSetResult> {
  return change(context, { params, keep, isNew: false }, (before) => setPoint(before, params, rulesOf(context)));
}

/**
 * `sup/remove`. @throws SyncError SoftwareUpdatePointNotFound, DefaultSoftwareUpdatePointNeeded,
 * ContradictoryParameters
 */
export async function removeSoftwareUpdatePoint(
  { context }: ServiceParts,
  params: SupRemoveRequest,
  { keep }: Pick<Asked, 'keep'>,
): Promise<SupRemoveResult> {
  return context.settingsMutex.take(async () => {
    const before = await readPoints(context);
    const after = removePoint(before, params, rulesOf(context));
    const result: SupRemoveResult = { defaultServerName: after.defaultServer };
    await context.database.commit({ ...(await pointsChange(context, before, after)), ...keep(result) });
    context.log.write(
      `The software update point ${params.serverName} was removed. The default ` +
        `is ${after.defaultServer === '' ? 'none' : after.defaultServer}.`,
    );
    return result;
  });
}

interface Change {
  readonly params: SupAddRequest | SupSetRequest;
  readonly keep: KeepAnswer;
  readonly isNew: boolean;
}

async function change(
  context: SiteContext,
  { params, keep, isNew }: Change,
  work: (before: SoftwareUpdatePoints) => SoftwareUpdatePoints,
): Promise<SupSetResult> {
  return context.settingsMutex.take(async () => {
    const before = await readPoints(context);
    const after = work(before);
    const { proxyServer } = await readSettings(context.database, context.site.serverName);
    const softwareUpdatePoint = toSoftwareUpdatePoint(pointOf(after, params.serverName, context.site.siteCode), {
      context,
      defaultServer: after.defaultServer,
      hasProxy: proxyServer !== '',
    });
    const result: SupSetResult = { softwareUpdatePoint, warnings: warningsOf(params, proxyServer !== '') };
    await context.database.commit({ ...(await pointsChange(context, before, after)), ...keep(result) });
    if (isNew)
      context.log.write(
        `The software update point ${params.serverName} was added. The default is ${after.defaultServer}.`,
      );
    return result;
  });
}

function warningsOf(params: Partial<SupSetRequest>, hasProxy: boolean): string[] {
  return [
    ...(params.useProxy === true && !hasProxy
      ? ['UseProxy has no effect until a proxy is set with Set-CMSoftwareUpdatePointComponent -ProxyServer.']
      : []),
    ...(params.nlbVirtualIP === undefined ? [] : ['NlbVirtualIP is deprecated: it is stored and has no effect.']),
  ];
}

function rulesOf({ site }: SiteContext): PointRules {
  return { siteCode: site.siteCode, limit: LIMITS.get(site.type) };
}

/**
 * What of a hierarchy has one software update point and no more (configmgr.md section 4.2), by the type of the site.
 */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['Secondary', 'a secondary site can have only one'],
  ['SoftwareUpdatePoint', 'it is a software update point itself'],
]);
