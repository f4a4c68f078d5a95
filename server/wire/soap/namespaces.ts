/** Operations and types of the ServerSync service (MS-WSUSSS 2.2.1). */
export const SERVER_SYNC = 'http://www.microsoft.com/SoftwareDistribution';

/**
 * GetAuthorizationCookie and the cookie it answers with; the same cookie is re-written in SERVER_SYNC inside GetCookie.
 */
export const DSS_AUTH = 'http://www.microsoft.com/SoftwareDistribution/Server/DssAuthWebService';

/** Ping, on every service. */
export const MONITORABLE = 'http://www.microsoft.com/SoftwareDistribution/Server/IMonitorable';
