import type { DevopsDeps, IssueTracker, Messenger } from '../src/deps.ts';
import type {
  IssueDocument,
  IssueDraft,
  IssuePage,
  IssueQuery,
  IssueReadQuery,
  IssueSummary,
} from '../src/domain/issue.ts';
import type { OutgoingMessage, PostedMessage } from '../src/domain/message.ts';

/** The time of the fake clock. */
const fakeNow = new Date('2026-11-20T12:00:00.000Z');

/** An issue for a fake tracker. */
export function fakeIssue(number: number, more: Partial<IssueSummary> = {}): IssueSummary {
  return {
    number,
    title: `Issue ${number}`,
    state: 'open',
    author: 'dana-ops',
    labels: ['bug'],
    comments: 0,
    updatedAt: '2026-11-19T08:00:00Z',
    body: `Body of ${number}.`,
    ...more,
  };
}

/** What a fake tracker answers. An `error` is thrown by every call, at once or, with `hang`, when the caller cancels. */
export interface FakeTrackerAnswers {
  readonly page?: Partial<IssuePage>;
  readonly document?: Partial<IssueDocument>;
  readonly error?: Error;
  readonly hang?: boolean;
}

/** An issue tracker in memory that remembers what it was asked. */
export interface FakeTracker extends IssueTracker {
  readonly listed: readonly IssueQuery[];
  readonly read: readonly IssueReadQuery[];
  readonly checked: readonly IssueDraft[];
  readonly created: readonly IssueDraft[];
}

/** Makes a fake tracker. */
export function createFakeTracker({ page, document, error, hang }: FakeTrackerAnswers = {}): FakeTracker {
  const [listed, read, checked, created] = [
    new Array<IssueQuery>(),
    new Array<IssueReadQuery>(),
    new Array<IssueDraft>(),
    new Array<IssueDraft>(),
  ];
  const answer = async <Value>(value: Value, signal: AbortSignal): Promise<Value> => {
    if (hang) await aborted(signal);
    if (error) throw error;
    return value;
  };
  return {
    listed,
    read,
    checked,
    created,
    listIssues(query, signal) {
      listed.push(query);
      return answer({ issues: [fakeIssue(2), fakeIssue(1)], next: undefined, stoppedEarly: false, ...page }, signal);
    },
    readIssue(query, signal) {
      read.push(query);
      const url = `https://github.example/${query.repository.owner}/${query.repository.repo}/issues/${query.number}`;
      return answer({ ...fakeIssue(query.number), url, commentPage: [], moreComments: false, ...document }, signal);
    },
    checkDraft(draft, signal) {
      checked.push(draft);
      return answer(undefined, signal);
    },
    async createIssue(draft, signal) {
      const issue = await answer({ number: 41, url: 'https://github.example/acme/shop/issues/41' }, signal);
      created.push(draft);
      return issue;
    },
  };
}

/** What a fake messenger answers; as for a fake tracker. */
export interface FakeMessengerAnswers {
  readonly permalink?: string | undefined;
  readonly error?: Error;
  readonly hang?: boolean;
}

/** A messenger in memory that remembers what was posted. */
export interface FakeMessenger extends Messenger {
  readonly checked: readonly string[];
  readonly posted: readonly OutgoingMessage[];
}

/** Makes a fake messenger. */
export function createFakeMessenger(
  answers: FakeMessengerAnswers = { permalink: 'https://slack.example/p1' },
): FakeMessenger {
  const [checked, posted] = [new Array<string>(), new Array<OutgoingMessage>()];
  const answer = async <Value>(value: Value, signal: AbortSignal): Promise<Value> => {
    if (answers.hang) await aborted(signal);
    if (answers.error) throw answers.error;
    return value;
  };
  return {
    checked,
    posted,
    checkChannel(channel, signal) {
      checked.push(channel);
      return answer({ name: 'general' }, signal);
    },
    async postMessage(message, signal) {
      const { channel } = message;
      const done: PostedMessage = await answer(
        { channel, ts: '1700000000.000001', permalink: answers.permalink },
        signal,
      );
      posted.push(message);
      return done;
    },
  };
}

/** Dependencies with `acme/shop` readable and writable, `acme/handbook` readable, and two channels to post to. */
export function fakeDeps(
  parts: Partial<DevopsDeps> & { readonly tracker?: IssueTracker; readonly messenger?: Messenger } = {},
): DevopsDeps {
  const { tracker = createFakeTracker(), messenger = createFakeMessenger(), ...deps } = parts;
  return {
    github: { issues: tracker, repositories: { readable: ['acme/shop', 'acme/handbook'], writable: ['acme/shop'] } },
    slack: { messenger, channels: { writable: ['C000000001', 'C000000002'], directMessages: false } },
    integrations: { list: () => Promise.resolve([]) },
    clock: { now: () => fakeNow },
    ...deps,
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
