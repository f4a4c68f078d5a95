import type { Dispatcher } from 'undici';
import { chooseProxy, type Environment } from './chooseProxy.js';
import { createDispatcher } from './createDispatcher.js';
import type { ProxySettings, SourceSettings } from './SourceSettings.js';

/** How content files of a source are reached: the proxy and the connections for an address. */
export interface ContentAccess {
  readonly proxyFor: (url: URL) => ProxySettings | undefined;
  readonly dispatcherFor: (url: URL) => Dispatcher;
}

/**
 * Content at the source itself is reached as the source is; elsewhere, at Microsoft, the authority of a parent site is
 * none.
 */
export function contentAccess(base: URL, settings: SourceSettings, env: Environment): ContentAccess {
  const proxyFor = (url: URL): ProxySettings | undefined => chooseProxy(url, settings, env);
  return {
    proxyFor,
    dispatcherFor: (url) =>
      createDispatcher(url, url.host === base.host ? settings : { ...settings, authority: undefined }, proxyFor(url)),
  };
}
