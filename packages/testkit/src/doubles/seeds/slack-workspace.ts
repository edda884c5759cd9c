/** A person of the demo workspace. */
export interface SlackPerson {
  readonly name: string;
  readonly realName: string;
}

/** A channel of the demo workspace. */
export interface SlackSeedChannel {
  readonly name: string;
  readonly topic: string;
}

/** Everybody who writes on the Slack double. */
export const slackPeople: readonly SlackPerson[] = [
  { name: 'dana', realName: 'Dana Okafor' },
  { name: 'li', realName: 'Li Wen' },
  { name: 'marta', realName: 'Marta Silva' },
  { name: 'jonas', realName: 'Jonas Weber' },
  { name: 'priya', realName: 'Priya Nair' },
];

/** The bot that the fleet's own token belongs to. */
export const slackBot = {
  name: 'fairlead',
  userId: 'U00FAIRLEAD',
  botId: 'B00FAIRLEAD',
  appId: 'A00FAIRLEAD',
} as const;

/**
 * The six channels (05 T-73). The double brings the first two itself, always with the ids `C000000001` and
 * `C000000002`; it draws the ids of the others anew at each start.
 */
export const slackChannels: readonly SlackSeedChannel[] = [
  { name: 'general', topic: 'General discussion' },
  { name: 'random', topic: 'Random stuff' },
  { name: 'incidents', topic: 'What burns now. One thread for each incident' },
  { name: 'payments', topic: 'Cards, refunds, invoices' },
  { name: 'releases', topic: 'What went live' },
  { name: 'support', topic: 'What customers tell us' },
];

/** The token by which a person, or the bot, writes on the double. Not a secret: it works on the double only. */
export function slackDoubleToken(name: string): string {
  return `slack-double-${name}`;
}
