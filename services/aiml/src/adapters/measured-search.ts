import type { Clock, Metrics } from '@fairlead/server-kit/runtime';
import type { DocumentSearch } from '../deps.ts';

/** Counts and times the searches of a `DocumentSearch`. Labels hold nothing of a caller (07 A-69). */
export function measureSearch(search: DocumentSearch, metrics: Metrics, clock: Clock): DocumentSearch {
  const seconds = metrics.histogram('fairlead_search_seconds', 'Time of a search, from analysis to the cut answer.', {
    labelNames: ['mode'],
  });
  const empty = metrics.counter('fairlead_search_empty_total', 'Searches that found nothing.', ['mode']);
  return {
    async search(scope, request) {
      const startedMs = clock.monotonicMs();
      const answer = await search.search(scope, request);
      seconds.labels({ mode: request.mode }).observe((clock.monotonicMs() - startedMs) / 1_000);
      if (answer.passages.length === 0) empty.labels({ mode: request.mode }).inc();
      return answer;
    },
  };
}
