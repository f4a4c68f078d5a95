import { SyncError } from '../errors/SyncError.js';
import { ServiceManager, type ServiceManagerOptions } from '../platform/service/serviceManager.js';

/**
 * The error of a service that does not run, with what the Task Scheduler says of its last start: a right or a password
 * that the account lacks is seen nowhere else. Who may not read the task gets the error as it is.
 */
export async function withLastResult(
  error: SyncError,
  siteCode: string,
  system: Omit<ServiceManagerOptions, 'root'>,
): Promise<SyncError> {
  if (system.platform !== 'win32') return error;
  const reason = await new ServiceManager({ ...system, root: '' }).reasonOfLastResult(siteCode);
  if (reason === undefined) return error;
  const heartbeat = `${String(error.data['heartbeat'])}; its last start: ${reason}`;
  return new SyncError(error.errorId, { ...error.data, heartbeat });
}
