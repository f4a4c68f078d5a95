/** What a backup, a move and a restore answer. The text is not ASCII on purpose. */
export const FAKE_BACKUP = {
  Path: '/backup',
  SiteCode: 'ABC',
  SiteName: 'Zürich',
  ServerName: 'srv.contoso.com',
  Version: '0.2.0',
  Format: 5,
  CreationTime: '2026-01-02T03:04:05.000Z',
  Files: 9,
  Size: 5_000_000_000,
  Documents: 4125,
  Updates: 125,
  HasSecrets: false,
  Warnings: ['Without a password this is not in it.'],
} as const;

export const FAKE_MOVE = {
  SiteCode: 'ABC',
  SiteName: 'Zürich',
  InstallDir: '/sites/ABC',
  OldDatabase: 'Embedded',
  Database: 'Sqlite',
  Documents: 4125,
  Rows: 50_000,
  Digest: 'ab'.repeat(32),
  OldDatabaseSize: 5_000_000_000,
  Resumed: false,
  WhatIf: false,
  Warnings: ['The old database is kept.'],
} as const;

export const FAKE_OLD_DATABASE = {
  SiteCode: 'ABC',
  Path: '/sites/ABC/move.old',
  Size: 5_000_000_000,
  Database: 'Embedded',
  Since: '2026-01-02T03:04:05.000Z',
  Left: false,
  WhatIf: false,
} as const;

export const FAKE_RESTORE = {
  Path: '/backup',
  SiteCode: 'ABC',
  SiteName: 'Zürich',
  InstallDir: '/sites/ABC',
  CreationTime: '2026-01-02T03:04:05.000Z',
  Files: 9,
  Size: 5_000_000_000,
  Documents: 4125,
  Updates: 125,
  Replaced: true,
  HasSecrets: false,
  WhatIf: false,
  Warnings: ['The keys are those it had before.'],
} as const;
