/** A server that somebody has noted as a site system. Nothing of it has an effect: it is what scripts read again. */
export interface NotedServer {
  readonly serverName: string;
  readonly publicFqdn: string;
  readonly fdmOperation: boolean;
  readonly useSiteServerAccount: boolean;
  readonly accountName: string;
  readonly enableProxy: boolean;
  readonly proxyServerName: string;
  readonly proxyServerPort: number;
  readonly proxyAccessAccount: string;
}

/** As it is stored: what a later version adds is not there yet. */
export type StoredServer = Partial<NotedServer> & Pick<NotedServer, 'serverName'>;

/** A server of which nothing but its name is known. */
export function newNotedServer(serverName: string): NotedServer {
  return {
    serverName,
    publicFqdn: '',
    fdmOperation: false,
    useSiteServerAccount: true,
    accountName: '',
    enableProxy: false,
    proxyServerName: '',
    proxyServerPort: 80,
    proxyAccessAccount: '',
  };
}
