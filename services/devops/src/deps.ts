import type { ChannelPolicy } from './domain/channel-policy.ts';
import type { Integration } from './domain/integration.ts';
import type { CreatedIssue, IssueDocument, IssueDraft, IssuePage, IssueQuery, IssueReadQuery } from './domain/issue.ts';
import type { ChannelFacts, OutgoingMessage, PostedMessage } from './domain/message.ts';
import type { RepositoryPolicy } from './domain/repository-policy.ts';

/** Reads and opens issues. */
export interface IssueTracker {
  listIssues(query: IssueQuery, signal: AbortSignal): Promise<IssuePage>;
  readIssue(query: IssueReadQuery, signal: AbortSignal): Promise<IssueDocument>;
  /** Does every check that opening the issue would do, as far as reading can tell. Changes nothing. */
  checkDraft(draft: IssueDraft, signal: AbortSignal): Promise<void>;
  createIssue(draft: IssueDraft, signal: AbortSignal): Promise<CreatedIssue>;
}

/** Posts messages. */
export interface Messenger {
  /** Checks that a message to the channel would be taken, as far as reading can tell. Changes nothing. */
  checkChannel(channel: string, signal: AbortSignal): Promise<ChannelFacts>;
  postMessage(message: OutgoingMessage, signal: AbortSignal): Promise<PostedMessage>;
}

/** Says how each outside system stands. */
export interface IntegrationDirectory {
  list(): Promise<readonly Integration[]>;
}

/** GitHub, when its token is set. */
export interface GithubConnection {
  readonly issues: IssueTracker;
  readonly repositories: RepositoryPolicy;
}

/** Slack, when its token is set. */
export interface SlackConnection {
  readonly messenger: Messenger;
  readonly channels: ChannelPolicy;
}

/** What the tools of this service need. A connection is absent while its token is not set (05 T-08). */
export interface DevopsDeps {
  readonly github: GithubConnection | undefined;
  readonly slack: SlackConnection | undefined;
  readonly integrations: IntegrationDirectory;
  readonly clock: { now(): Date };
}
