import type { SiteHierarchy } from '../link/fanOut/SiteHierarchy.js';
import type { SiteLinks } from '../link/SiteLinks.js';
import { reasonOf } from '../errors/SyncError.js';
import type { SiteContext } from '../state/SiteContext.js';
import { STATE } from '../state/siteState.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { SiteNews } from '../store/SiteNews.js';

/** Settings by which nodes below are told something. */
const GOES_DOWN: ReadonlySet<string> = new Set([STATE.request, STATE.published, STATE.granted]);

interface NewsFollower {
  readonly context: Pick<SiteContext, 'shared' | 'log'>;
  readonly links: Pick<SiteLinks, 'refresh'>;
  readonly hierarchy: Pick<SiteHierarchy, 'settingsChanged'>;
  /** Called when names that parameters are completed with may have changed. */
  readonly onNames: () => void;
}

/**
 * Has an engine take over what other servers of its site commit, where it keeps something in memory; the result ends
 * it.
 */
export function followNews({ context, links, hierarchy, onNames }: NewsFollower): () => void {
  const follow = (news: SiteNews): void => {
    if (names(news, 'linkReports') || names(news, 'linkNodes'))
      void links
        .refresh()
        .catch((error: unknown) => context.log.write(`The nodes below could not be read again: ${reasonOf(error)}.`));
    if (goesDown(news)) hierarchy.settingsChanged();
    if (names(news, 'categories')) onNames();
  };
  return context.shared?.news.add(follow) ?? ((): undefined => undefined);
}

/** Whether a part of the site may be another one after the news. */
function names(news: SiteNews, part: keyof SiteChanges): boolean {
  return news.kind === 'Missed' || (news.kind === 'Commit' && news.parts.includes(part));
}

function goesDown(news: SiteNews): boolean {
  if (news.kind !== 'Commit') return news.kind === 'Missed';
  return news.settings.some((name) => name === '*' || GOES_DOWN.has(name));
}
