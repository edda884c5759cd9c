import type { GithubSeedIssue } from './github-seed-issue.ts';

/** The story that the demo data tells: card payments in the EU failed for nine hours in week 37. */
const failedPayments: GithubSeedIssue = {
  title: 'Card payments fail in the EU since the 3-D Secure update',
  author: 'li-pay',
  labels: ['bug', 'payments', 'incident'],
  assignees: ['li-pay', 'dana-ops'],
  isClosed: true,
  body: [
    'Since 2026-09-08 05:40 UTC every card payment from the EU ends in `payment_declined`. Other regions are fine.',
    '',
    'The last deploy before it was `payments 4.18.0` at 05:32 UTC, which moved 3-D Secure to the new endpoint.',
    'Orders are placed and stay in `payment_pending`; customers see "try another card".',
    '',
    'Impact: EU revenue of week 37 is 18 % below the week before, see the dashboard of the data team.',
  ].join('\n'),
  comments: [
    {
      author: 'dana-ops',
      body: 'Confirmed. Error rate of `POST /3ds/challenge` went from 0.2 % to 100 % at 05:41 UTC, EU pool only.',
    },
    {
      author: 'li-pay',
      body: 'The EU pool still has the old issuer certificate. The new endpoint wants the one that we rotated in August.',
    },
    {
      author: 'jonas-data',
      body: 'All EU card orders of these hours hang in `payment_pending`. I can list them for a retry once payments work.',
    },
    { author: 'li-pay', body: 'Rolled out the certificate to the EU pool at 14:38 UTC. Payments go through again.' },
    {
      author: 'dana-ops',
      body: 'Nine hours from 05:40 to 14:40 UTC. Closing; the follow-up is the alert on declines per region.',
    },
  ],
};

const followUp: GithubSeedIssue = {
  title: 'Alert when declined payments of one region rise',
  author: 'dana-ops',
  labels: ['payments', 'monitoring'],
  assignees: ['dana-ops'],
  body: 'The outage of week 37 was found by a customer, after two hours. Alert when declines of one region are above 5 % for ten minutes.',
  comments: [{ author: 'li-pay', body: 'The metric has the region as a label since payments 4.18.1.' }],
};

const returns: GithubSeedIssue = {
  title: 'Product 417 is returned by one customer in seven',
  author: 'marta-shop',
  labels: ['catalog'],
  assignees: ['marta-shop'],
  body: '14 % of the orders of product 417 come back, against 3 % elsewhere. Most say "smaller than in the picture". The size in the description is the box, not the product.',
};

const slowEvents: GithubSeedIssue = {
  title: 'Customer timeline takes four seconds',
  author: 'priya-web',
  labels: ['performance', 'data'],
  assignees: ['jonas-data'],
  body: 'The page reads `events` by customer. There is no index on `events.customer_id`, so each page view reads the whole table.',
  comments: [
    {
      author: 'jonas-data',
      body: 'A plan shows a sequential scan of 100,000 rows. I will add the index with the next migration.',
    },
  ],
};

const duplicates: GithubSeedIssue = {
  title: '120 customers exist twice',
  author: 'jonas-data',
  labels: ['data', 'bug'],
  body: 'Same name, same address, two ids. They came in with the import of March. Orders hang on both.',
};

/** Everyday work: what a list of issues looks like when nothing burns. One line each: title, label, author. */
const everyday: readonly (readonly [title: string, label: string, author: string])[] = [
  ['Empty basket shows a spinner for ever', 'bug', 'priya-web'],
  ['Add the delivery date to the order e-mail', 'enhancement', 'marta-shop'],
  ['Search ignores accents', 'bug', 'priya-web'],
  ['Postcode check refuses Irish Eircodes', 'bug', 'marta-shop'],
  ['Document how prices are rounded', 'documentation', 'jonas-data'],
  ['Invoice PDF misses the VAT number', 'bug', 'li-pay'],
  ['Move the image resizer to the new cluster', 'infrastructure', 'dana-ops'],
  ['Let customers change the delivery address until packing', 'enhancement', 'marta-shop'],
  ['Wish list loses items after login', 'bug', 'priya-web'],
  ['Nightly export runs past six o clock', 'performance', 'jonas-data'],
  ['Refund e-mail is sent twice', 'bug', 'li-pay'],
  ['Upgrade the template engine', 'dependencies', 'priya-web'],
  ['Show stock per warehouse', 'enhancement', 'marta-shop'],
  ['Retry of a webhook ignores the backoff', 'bug', 'dana-ops'],
  ['Currency switch forgets the choice', 'bug', 'priya-web'],
  ['Rate limit the coupon check', 'security', 'dana-ops'],
  ['Product filter does not fit on small screens', 'bug', 'priya-web'],
  ['Write down who may approve refunds above 500', 'documentation', 'marta-shop'],
  ['Archive orders older than seven years', 'data', 'jonas-data'],
  ['Gift cards cannot pay for shipping', 'bug', 'li-pay'],
  ['Sitemap misses new categories', 'bug', 'priya-web'],
  ['Measure the time from order to packing', 'monitoring', 'dana-ops'],
  ['Login page offers a method that is switched off', 'bug', 'priya-web'],
  ['Tax of bundles is off by a cent', 'bug', 'li-pay'],
  ['Ask for a review after fourteen days', 'enhancement', 'marta-shop'],
  ['Cache headers of product images are too short', 'performance', 'dana-ops'],
  ['Import of suppliers stops at the first bad line', 'bug', 'jonas-data'],
  ['Newsletter link opens the wrong language', 'bug', 'marta-shop'],
  ['Remove the old checkout', 'technical-debt', 'priya-web'],
  ['Rotate the key of the parcel service', 'security', 'dana-ops'],
  ['Stock count below zero after a cancelled return', 'bug', 'jonas-data'],
  ['Add a staging shop for partners', 'infrastructure', 'dana-ops'],
  ['Speed up the test of the price rules', 'technical-debt', 'li-pay'],
  ['Explain the error codes of the partner interface', 'documentation', 'jonas-data'],
  ['Order history pages in the wrong order', 'bug', 'priya-web'],
];

/** The 40 issues of `acme/shop`, oldest first (05 T-73). Every fourth of everyday work is done. */
export const shopIssues: readonly GithubSeedIssue[] = [
  ...everyday.slice(0, 24).map(toIssue),
  returns,
  failedPayments,
  followUp,
  slowEvents,
  duplicates,
  ...everyday.slice(24).map((line, index) => toIssue(line, index + 24)),
];

function toIssue([title, label, author]: (typeof everyday)[number], index: number): GithubSeedIssue {
  return {
    title,
    author,
    labels: [label],
    body: `Seen by ${author}. Steps, screenshots and the customer's words are in the support case ${4_100 + index}.`,
    isClosed: index % 4 === 3,
  };
}
