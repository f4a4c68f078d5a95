import { X509Certificate } from 'node:crypto';
import type { ComponentSetRequest } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import { parseUpstreamUrl } from '../upstream/SourceSettings.js';

/**
 * Where updates come from after the change: an address alone chooses the upstream server.
 * @throws SyncError UpstreamUrlInvalid, ContradictoryParameters
 */
export function changeSource(settings: ComponentSettings, request: ComponentSetRequest): Partial<ComponentSettings> {
  const action =
    request.synchronizeAction ??
    (request.upstreamSourceLocation === undefined
      ? settings.synchronizeAction
      : 'SynchronizeFromAnUpstreamDataSourceLocation');
  const isUpstream = action === 'SynchronizeFromAnUpstreamDataSourceLocation';
  if (request.upstreamSourceLocation !== undefined && !isUpstream) {
    throw new SyncError('ContradictoryParameters', {
      reason:
        `UpstreamSourceLocation can be used only with SynchronizeAction ` +
        `SynchronizeFromAnUpstreamDataSourceLocation, not with ${action}`,
    });
  }
  const location = isUpstream
    ? (request.upstreamSourceLocation ?? settings.upstreamSourceLocation)
    : settings.upstreamSourceLocation;
  if (isUpstream && location === '')
    throw new SyncError('ContradictoryParameters', {
      reason: 'SynchronizeFromAnUpstreamDataSourceLocation needs UpstreamSourceLocation',
    });
  if (isUpstream) parseUpstreamUrl(location);
  return { synchronizeAction: action, upstreamSourceLocation: location };
}

/** @throws SyncError ContradictoryParameters when the text is not an address of a proxy; '' clears it */
export function checkProxy(url: string): void {
  const problem = url === '' ? undefined : urlProblem(url);
  if (problem === undefined) return;
  throw new SyncError('ContradictoryParameters', {
    reason:
      `The proxy ${withoutSecret(url)} cannot be used: ${problem}; give one such as ` + `http://proxy.contoso.com:8080`,
  });
}

/** Why a text is not an address that can be used; a password in it would be stored and shown. */
function urlProblem(url: string): string | undefined {
  if (!URL.canParse(url)) return 'it is not a URL';
  const { protocol, username, password } = new URL(url);
  if (!/^https?:$/.test(protocol)) return 'only http and https are supported';
  return username === '' && password === ''
    ? undefined
    : 'it contains a user name; give the account of the proxy with its own parameters';
}

function withoutSecret(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}

/** The certificates of a PEM text, one text each. */
export function splitCertificates(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

/** The PEM text, each certificate of which can be read; '' clears it. Throws SyncError CABundleInvalid. */
export function checkedBundle(pem: string): string {
  if (pem === '') return '';
  const certificates = splitCertificates(pem);
  if (certificates.length === 0)
    throw new SyncError('CABundleInvalid', { path: 'given', reason: 'it contains no certificate in PEM form' });
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (error) {
    throw new SyncError('CABundleInvalid', { path: 'given', reason: reasonOf(error) }, { cause: error });
  }
  return pem;
}
