import { handlerType, NAMESPACES } from './sampleXml.js';
import type { UpdatePlan } from './UpdatePlan.js';

/** The handler of an update: the attribute of Properties and the HandlerSpecificData element. */
export interface HandlerParts {
  readonly attribute: string;
  readonly element: string;
}

const NONE: HandlerParts = { attribute: '', element: '' };

/**
 * Component servicing for Windows packages, a command line for the rest, the OS installer for upgrades; none for
 * bundles.
 */
export function handlerParts(plan: UpdatePlan): HandlerParts {
  if (plan.role === 'bundle') return NONE;
  const { line, kb } = plan.issue;
  if (line.osUpgrade === true)
    return parts(
      NAMESPACES.osi,
      `${handlerType('OSInstallerMetadata')}<osi:OSInstallData InitialModule="windlp.dll" />`,
    );
  if (line.file.startsWith('windows')) {
    const identity = `Package_for_KB${kb}~31bf3856ad364e35~${plan.arch}~~${line.build}.${plan.issue.number}.1.0`;
    return parts(NAMESPACES.cbs, `${handlerType('cbs:Cbs')}<cbs:CbsData PackageIdentity="${identity}" />`);
  }
  return parts(
    NAMESPACES.cmd,
    handlerType('cmd:CommandLineInstallation') +
      `<cmd:InstallCommand Arguments="/quiet /norestart" Program="${line.file}-kb${kb}.exe" ` +
      `RebootByDefault="false" DefaultResult="Failed">` +
      '<cmd:ReturnCode Reboot="false" Result="Succeeded" Code="0" /><cmd:ReturnCode Reboot="true" ' +
      'Result="Succeeded" Code="3010" /></cmd:InstallCommand>',
  );
}

function parts(uri: string, content: string): HandlerParts {
  return { attribute: ` Handler="${uri}"`, element: `${content}</upd:HandlerSpecificData>` };
}
