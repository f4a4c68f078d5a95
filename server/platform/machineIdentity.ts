import { hostname } from 'node:os';
import { plainFiles } from './files/folderFiles.js';
import { systemErrorCode } from './systemErrorCode.js';

/** Which machine or container a process runs on, as others that reach the same folder know it. */
export interface MachineIdentity {
  readonly host: string;
  /** Of this start of the machine; '' where the system gives none. */
  readonly boot: string;
  /** Of the container: the processes that this one can see; '' where there are none. */
  readonly space: string;
}

/** This machine. */
export function machineIdentity(): MachineIdentity {
  return {
    host: hostname(),
    boot: ofLinux(() => plainFiles.readFileSync('/proc/sys/kernel/random/boot_id').toString('latin1').trim()),
    space: ofLinux(numberOfProcessSpace),
  };
}

function numberOfProcessSpace(): string {
  const descriptor = plainFiles.openSync('/proc/self/ns/pid', 'r');
  try {
    return String(plainFiles.fstatSync(descriptor).ino);
  } finally {
    plainFiles.closeSync(descriptor);
  }
}

/** Elsewhere the name of the machine tells enough: it has no containers that share a folder and its name. */
function ofLinux(read: () => string): string {
  try {
    return process.platform === 'linux' ? read() : '';
  } catch (caught) {
    if (systemErrorCode(caught) === '') throw caught;
    return '';
  }
}
