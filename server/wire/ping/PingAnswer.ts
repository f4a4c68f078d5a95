/**
 * What a service says of itself (MonitoredServicesResponse, appendix WSDL of MS-WSUSSS). Times are dateTime as written.
 */
export interface PingAnswer {
  readonly success: boolean;
  readonly time: string;
  readonly service: string;
  readonly machine: string;
  readonly isHttps: boolean;
  readonly contentType: string;
}
