/**
 * Public names of `@fairlead/testkit/doubles`: stateful stand-ins for outside systems. A double is called a double
 * wherever it shows. Adding a line here is adding API.
 */
export { doubleProcessFile } from './double-process-file.ts';
export { doubleReadyLine, type DoubleReadyLine } from './double-ready-line.ts';
export type { Double, DoubleOptions } from './double.ts';
export { errorCodes } from './error-codes.ts';
export {
  githubDoubleState,
  type GithubDoubleIssue,
  type GithubDoublePullRequest,
  type GithubDoubleState,
} from './github-double-state.ts';
export { startGithubDouble, type GithubDouble } from './github-double.ts';
export { githubBotLogin, githubDoubleToken } from './seeds/github-people.ts';
export { slackBot, slackDoubleToken } from './seeds/slack-workspace.ts';
export {
  slackDoubleState,
  type SlackDoubleChannel,
  type SlackDoubleMessage,
  type SlackDoubleState,
} from './slack-double-state.ts';
export { startSlackDouble, type SlackDouble } from './slack-double.ts';
