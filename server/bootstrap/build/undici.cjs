'use strict';

// Stands where the program loads undici, and brings what it uses of it. With fetch, WebSocket, caches and mocks, loading
// takes three times as long, and nobody else has their turn meanwhile. A test holds the names against the program's.
const Dispatcher = require('./lib/dispatcher/dispatcher.js');
const api = require('./lib/api');

Object.assign(Dispatcher.prototype, api);

module.exports = {
  Agent: require('./lib/dispatcher/agent.js'),
  Pool: require('./lib/dispatcher/pool.js'),
  ProxyAgent: require('./lib/dispatcher/proxy-agent.js'),
  errors: require('./lib/core/errors.js'),
  /** As undici's own, for callers that give a dispatcher. */
  request: (url, options) => {
    const { origin, pathname, search } = new URL(url);
    return api.request.call(options.dispatcher, { ...options, origin, path: `${pathname}${search}` });
  },
};
