/** Codes of MS-WSUSSS 2.2.5 (SOAP faults) that this product knows. */
export type FaultCode =
  | 'InvalidParameters'
  | 'InvalidCookie'
  | 'InvalidAuthorizationCookie'
  | 'InternalServerError'
  | 'IncompatibleProtocolVersion'
  | 'ServerChanged'
  | 'ServerBusy'
  | 'FileDigestsMissing'
  | 'TooManyIds';

/** Every code, in the order a reason text is searched for them (the longer name before the one it contains). */
export const FAULT_CODES: readonly FaultCode[] = [
  'InvalidParameters',
  'InvalidAuthorizationCookie',
  'InvalidCookie',
  'InternalServerError',
  'IncompatibleProtocolVersion',
  'ServerChanged',
  'ServerBusy',
  'FileDigestsMissing',
  'TooManyIds',
];

/** A fault as read: `errorCode` is '' where none was found, which means that the protocol must be stopped. */
export interface SoapFault {
  readonly errorCode: string;
  readonly message: string;
  readonly id: string;
  readonly method: string;
  readonly reason: string;
}
