import type { SupAddRequest, SupRemoveRequest, SupSetRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { isSameServer } from '../site/isSameServer.js';
import {
  findPoint,
  newSoftwareUpdatePoint,
  type SoftwareUpdatePoint,
  type SoftwareUpdatePoints,
} from './SoftwareUpdatePoint.js';

/** What is fixed about the site whose software update points change. */
export interface PointRules {
  readonly siteCode: string;
  /** Why the site can have no further one, undefined where it can. */
  readonly limit?: string | undefined;
}

/**
 * The software update points after one was added: the first of a site is its default.
 * @throws SyncError SoftwareUpdatePointExists, SoftwareUpdatePointLimit, ContradictoryParameters
 */
export function addPoint(
  before: SoftwareUpdatePoints,
  request: SupAddRequest,
  { siteCode, limit }: PointRules,
): SoftwareUpdatePoints {
  const known = findPoint(before, request.serverName);
  if (known !== undefined)
    throw new SyncError('SoftwareUpdatePointExists', { server: known.serverName, site: siteCode });
  if (limit !== undefined && before.points.length > 0)
    throw new SyncError('SoftwareUpdatePointLimit', { site: siteCode, reason: limit });
  const point = changed(newSoftwareUpdatePoint(request.serverName), request);
  return {
    defaultServer: before.points.length === 0 ? point.serverName : before.defaultServer,
    points: [...before.points, point],
  };
}

/**
 * The software update points after one was changed.
 * @throws SyncError SoftwareUpdatePointNotFound, ContradictoryParameters
 */
export function setPoint(
  before: SoftwareUpdatePoints,
  request: SupSetRequest,
  { siteCode }: PointRules,
): SoftwareUpdatePoints {
  const point = pointOf(before, request.serverName, siteCode);
  return { ...before, points: before.points.map((other) => (other === point ? changed(point, request) : other)) };
}

/**
 * The software update points after one was removed. The default goes only when another one takes over, or none remains;
 * a
 * default that is named takes over whichever is removed.
 * @throws SyncError SoftwareUpdatePointNotFound, DefaultSoftwareUpdatePointNeeded, ContradictoryParameters
 */
export function removePoint(
  before: SoftwareUpdatePoints,
  { serverName, defaultServerName }: SupRemoveRequest,
  { siteCode }: PointRules,
): SoftwareUpdatePoints {
  const point = pointOf(before, serverName, siteCode);
  const points = before.points.filter((other) => other !== point);
  if (defaultServerName !== undefined) {
    if (isSameServer(defaultServerName, serverName))
      throw new SyncError('ContradictoryParameters', {
        reason: `${serverName} cannot be removed and become the default`,
      });
    return { defaultServer: pointOf({ ...before, points }, defaultServerName, siteCode).serverName, points };
  }
  if (!isSameServer(before.defaultServer, serverName)) return { ...before, points };
  if (points.length > 0)
    throw new SyncError('DefaultSoftwareUpdatePointNeeded', {
      server: point.serverName,
      site: siteCode,
      others: namesOf(points),
    });
  return { defaultServer: '', points };
}

/** @throws SyncError SoftwareUpdatePointNotFound */
export function pointOf(known: SoftwareUpdatePoints, serverName: string, siteCode: string): SoftwareUpdatePoint {
  const point = findPoint(known, serverName);
  if (point === undefined)
    throw new SyncError('SoftwareUpdatePointNotFound', {
      server: serverName,
      site: siteCode,
      known: namesOf(known.points),
    });
  return point;
}

function namesOf(points: readonly SoftwareUpdatePoint[]): string {
  return points.map((point) => point.serverName).join(', ') || 'none';
}

function changed(point: SoftwareUpdatePoint, request: SupAddRequest & Partial<SupSetRequest>): SoftwareUpdatePoint {
  check(point, request);
  const isAnonymous = request.anonymousWsusAccess ?? (isSet(request.wsusAccessAccount) ? false : point.isAnonymous);
  return {
    ...point,
    httpPort: request.httpPort ?? point.httpPort,
    httpsPort: request.httpsPort ?? point.httpsPort,
    isSsl: request.enableSsl ?? point.isSsl,
    clientConnectionType: request.clientConnectionType ?? point.clientConnectionType,
    isAnonymous,
    accessAccount: isAnonymous ? '' : (request.wsusAccessAccount ?? point.accessAccount),
    usesCloudGateway: request.enableCloudGateway ?? point.usesCloudGateway,
    useProxy: request.useProxy ?? point.useProxy,
    useProxyForRules:
      request.useProxyForAutoDeploymentRule ?? (request.useProxy === false ? false : point.useProxyForRules),
    publicVirtualIP: request.publicVirtualIP ?? point.publicVirtualIP,
    nlbVirtualIP: request.nlbVirtualIP ?? point.nlbVirtualIP,
    isLedbat: request.wledbat ?? point.isLedbat,
  };
}

/** What does not go together. */
function check(point: SoftwareUpdatePoint, request: SupAddRequest & Partial<SupSetRequest>): void {
  if (request.anonymousWsusAccess === true && isSet(request.wsusAccessAccount))
    throw new SyncError('ContradictoryParameters', { reason: 'Anonymous access and an account cannot be combined' });
  if (request.useProxyForAutoDeploymentRule === true && (request.useProxy ?? point.useProxy) === false) {
    throw new SyncError('ContradictoryParameters', { reason: 'UseProxyForAutoDeploymentRule needs UseProxy true' });
  }
  const ports = [request.httpPort ?? point.httpPort, request.httpsPort ?? point.httpsPort];
  if (ports[0] === ports[1] && (request.httpPort ?? request.httpsPort) !== undefined) {
    throw new SyncError('ContradictoryParameters', {
      reason: `The ports of HTTP and of HTTPS are both ${ports[0] ?? ''}`,
    });
  }
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
