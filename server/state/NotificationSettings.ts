import type { InheritedSettings } from '../contract/generated/types.js';

/** How a site sends mail. The password is one of the site's secrets. */
export interface NotificationSettings {
  /** '' for none: no mail is sent. */
  readonly smtpServer: string;
  readonly smtpPort: number;
  readonly smtpSecurity: 'StartTls' | 'Tls' | 'None';
  readonly sender: string;
  /** '' where the server wants no name. */
  readonly userName: string;
  /** A receiver gets one message in so many minutes; 0: each alert has its own. */
  readonly digestMinutes: number;
  /** Another one for each password: sites below are told of it. */
  readonly passwordNumber: number;
  /** The mail server is the parent's, with its sender, name and password. */
  readonly isInherited: boolean;
}

/** What a site has set itself. */
export interface OwnNotification extends Partial<Omit<NotificationSettings, 'isInherited'>> {
  /** It wants no mail server, also not that of its parent. */
  readonly isOwn?: boolean;
}

/** The parent's, as it came down the link. */
export type InheritedNotification = NonNullable<InheritedSettings['notification']>;

export const DEFAULT_NOTIFICATION: NotificationSettings = {
  smtpServer: '',
  smtpPort: 587,
  smtpSecurity: 'StartTls',
  sender: '',
  userName: '',
  digestMinutes: 5,
  passwordNumber: 0,
  isInherited: false,
};

/** What holds: a mail server of its own with all that belongs to it, else that of the parent. */
export function notificationOf(
  own: OwnNotification | undefined,
  inherited: InheritedNotification | undefined,
): NotificationSettings {
  const { isOwn = false, ...given } = own ?? {};
  const hasOwn = isOwn || (given.smtpServer ?? '') !== '';
  if (inherited === undefined || hasOwn) return { ...DEFAULT_NOTIFICATION, ...given };
  const { sender = '', digestMinutes } = given;
  return {
    ...inherited,
    sender: sender === '' ? inherited.sender : sender,
    digestMinutes: digestMinutes ?? inherited.digestMinutes,
    isInherited: true,
  };
}
