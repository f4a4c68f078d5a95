import { SyncError } from '../errors/SyncError.js';
import type { SoapFault } from '../wire/fault.js';

/** The protocol version this product says it speaks (MS-WSUSSS 1.7). */
export const PROTOCOL_VERSION = '1.20';

/** The error code of a fault that names none; the protocol must then be stopped. */
export const NO_ERROR_CODE = 'NoErrorCode';

/** The row of the error table for a SOAP fault (MS-WSUSSS 2.2.5). */
export function faultError(fault: SoapFault, url: string, operation: string): SyncError {
  const text = [fault.message, fault.reason].filter((part) => part !== '').join(': ');
  switch (fault.errorCode) {
    case 'ServerChanged':
      return new SyncError('UpstreamServerChanged', { url });
    case 'IncompatibleProtocolVersion':
      return new SyncError('UpstreamIncompatible', { url, version: PROTOCOL_VERSION });
    case 'ServerBusy':
      return new SyncError('UpstreamBusy', { url, reason: `${operation}: ServerBusy` });
    default:
      return new SyncError('UpstreamFault', {
        url,
        operation,
        errorCode: fault.errorCode || NO_ERROR_CODE,
        faultMessage: text.slice(0, 4000),
      });
  }
}

/** The ErrorCode of an error made from a fault, '' for any other error. */
export function faultCodeOf(caught: unknown): string {
  return caught instanceof SyncError && caught.errorId === 'UpstreamFault'
    ? String(caught.data['errorCode'] ?? '')
    : '';
}
