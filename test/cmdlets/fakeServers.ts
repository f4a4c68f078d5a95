const TIME = '2026-01-02T03:04:05.000Z';

/** What the servers of a site are. */
const FAKE_SERVER = {
  ServerName: 'cm01',
  SiteCode: 'ABC',
  Role: 'Owner',
  State: 'Running',
  ConfigMgrSyncVersion: '0.2.0',
  ProcessId: 42,
  StartTime: TIME,
  HeartbeatTime: TIME,
  HeartbeatAgeSeconds: 1.5,
  IsThisServer: true,
};

export const FAKE_STOPPED_SERVER = {
  ...FAKE_SERVER,
  ServerName: 'cm02',
  Role: 'None',
  State: 'Stopped',
  HeartbeatTime: null,
  HeartbeatAgeSeconds: null,
  IsThisServer: false,
};

export const FAKE_SERVERS = [FAKE_SERVER, FAKE_STOPPED_SERVER];
