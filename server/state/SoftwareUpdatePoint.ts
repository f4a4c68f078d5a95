import { isSameServer } from '../site/isSameServer.js';

export const CLIENT_CONNECTIONS = ['Intranet', 'Internet', 'InternetAndIntranet'] as const;

/**
 * A server with the software update point role, as stored. What clients and accounts are told is kept for them; nothing
 * here listens by it.
 */
export interface SoftwareUpdatePoint {
  /** FQDN, as it was given. */
  readonly serverName: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly isSsl: boolean;
  readonly clientConnectionType: (typeof CLIENT_CONNECTIONS)[number];
  readonly isAnonymous: boolean;
  /** Account for the connection, '' for none. */
  readonly accessAccount: string;
  readonly usesCloudGateway: boolean;
  /** Undefined: as long as nobody has said otherwise the proxy of the component is used where there is one. */
  readonly useProxy?: boolean | undefined;
  readonly useProxyForRules: boolean;
  readonly publicVirtualIP: string;
  readonly nlbVirtualIP: string;
  readonly isLedbat: boolean;
}

/** The software update points of a site; `defaultServer` names the sync source, '' where there is none. */
export interface SoftwareUpdatePoints {
  readonly defaultServer: string;
  /** In the order in which they were added. */
  readonly points: readonly SoftwareUpdatePoint[];
}

/** A software update point with the product's defaults. */
export function newSoftwareUpdatePoint(serverName: string): SoftwareUpdatePoint {
  return {
    serverName,
    httpPort: 8530,
    httpsPort: 8531,
    isSsl: false,
    clientConnectionType: 'Intranet',
    isAnonymous: false,
    accessAccount: '',
    usesCloudGateway: false,
    useProxyForRules: false,
    publicVirtualIP: '',
    nlbVirtualIP: '',
    isLedbat: false,
  };
}

/** The software update point of a server. */
export function findPoint({ points }: SoftwareUpdatePoints, serverName: string): SoftwareUpdatePoint | undefined {
  return points.find((point) => isSameServer(point.serverName, serverName));
}
