/** A message of the demo workspace, with the answers in its thread. */
export interface SlackSeedMessage {
  readonly channel: string;
  readonly author: string;
  readonly text: string;
  readonly replies?: readonly { readonly author: string; readonly text: string }[];
}

/** The failed payments of week 37, as those who mended them spoke of it; the issue on the GitHub double tells the rest. */
const failedPayments: SlackSeedMessage = {
  channel: 'incidents',
  author: 'dana',
  text: 'Incident: card payments from the EU fail since 05:40 UTC. Other regions are fine. Thread for updates.',
  replies: [
    { author: 'li', text: 'Looking. Every 3-D Secure challenge of the EU pool is declined.' },
    { author: 'marta', text: 'Support has a dozen cases by now. We tell customers to wait, not to try another card.' },
    { author: 'jonas', text: 'All EU card orders of these hours hang in payment_pending.' },
    { author: 'li', text: 'The EU pool has the old issuer certificate. Rolling out the new one.' },
    { author: 'dana', text: 'Certificate is out since 14:38 UTC. Success rate of the EU is back at 99.1 %.' },
    {
      author: 'dana',
      text: 'Closed at 14:40 UTC after nine hours. Written up in acme/shop, "Card payments fail in the EU since the 3-D Secure update".',
    },
  ],
};

const everyday: Readonly<Record<string, readonly string[]>> = {
  general: [
    'Stand-up moves to half past nine tomorrow.',
    'The office is closed on Monday.',
    'Welcome to the new colleagues of the data team!',
    'Please fill in the travel form before Friday.',
    'Slides of the all-hands are in the handbook.',
    'Who has the key of the small meeting room?',
  ],
  random: [
    'Coffee machine works again.',
    'Cake in the kitchen.',
    'Found a green umbrella.',
    'Quiz tonight?',
    'The plants need water.',
  ],
  incidents: [
    'Disk of build agent 3 is full. Cleaning.',
    'Latency of the search rose for ten minutes after the deploy; back to normal.',
    'Parcel service answers slowly; orders go through.',
    'Certificate of the staging shop was renewed.',
    'One replica of the catalogue restarted. No effect seen.',
  ],
  payments: [
    'Refunds of yesterday are booked.',
    'Chargebacks are at 0.1 %, as last week.',
    'New fee table of the card network from the first of the month.',
    'Invoice run is through, 3 by hand.',
    'The rounding of bundle tax is off by a cent, there is an issue.',
  ],
  releases: [
    'shop 12.4.1 is live.',
    'catalogue 7.0.3 is live, with the accents fix.',
    'payments 4.18.1 is live, declines carry the region now.',
    'web 31.2.0 is live. Old checkout stays until next month.',
    'data-export 2.9.0 is live.',
  ],
  support: [
    'Two customers ask for the delivery date in the e-mail.',
    'Product 417 comes back again: "smaller than in the picture".',
    'A partner cannot read our error codes.',
    'Many thanks from a customer in Cork, the Eircode works now.',
    'Newsletter opened in the wrong language for someone in Ghent.',
  ],
};

const roundsPerChannel = 50;

const authors = ['dana', 'li', 'marta', 'jonas', 'priya'] as const;

/** All messages of the workspace, oldest first: 300 of everyday work, and the incident in the middle (05 T-73). */
export const slackMessages: readonly SlackSeedMessage[] = [
  ...rounds(0, roundsPerChannel / 2),
  failedPayments,
  ...rounds(roundsPerChannel / 2, roundsPerChannel),
];

function rounds(from: number, to: number): readonly SlackSeedMessage[] {
  return Array.from({ length: to - from }, (_, index) => round(from + index)).flat();
}

/** One message in each channel. Every channel has its own number of phrases, so that rounds differ. */
function round(index: number): readonly SlackSeedMessage[] {
  return Object.entries(everyday).map(([channel, phrases], place) => ({
    channel,
    author: authors[(index + place) % authors.length] ?? 'dana',
    text: `${phrases[index % phrases.length] ?? ''} (${index + 1})`,
  }));
}
