import type { GithubSeedPullRequest } from './github-seed-issue.ts';

const lines: readonly (readonly [branch: string, title: string, author: string])[] = [
  ['fix/eu-issuer-certificate', 'Use the rotated issuer certificate in the EU pool', 'li-pay'],
  ['feature/decline-alert', 'Alert on declined payments per region', 'dana-ops'],
  ['fix/events-index', 'Index events by customer', 'jonas-data'],
  ['fix/product-417-size', 'Give the size of the product, not of the box', 'marta-shop'],
  ['feature/delivery-date', 'Show the delivery date in the order e-mail', 'marta-shop'],
  ['fix/eircode', 'Accept Irish Eircodes', 'priya-web'],
  ['chore/template-engine', 'Upgrade the template engine', 'priya-web'],
  ['fix/refund-mail-twice', 'Send the refund e-mail once', 'li-pay'],
  ['feature/coupon-limit', 'Limit the coupon check per session', 'dana-ops'],
  ['chore/old-checkout', 'Remove the old checkout', 'priya-web'],
  ['fix/bundle-tax', 'Round the tax of bundles once', 'li-pay'],
  ['docs/price-rounding', 'Explain how prices are rounded', 'jonas-data'],
];

/** The 12 pull requests of `acme/shop`, oldest first (05 T-73). */
export const shopPullRequests: readonly GithubSeedPullRequest[] = lines.map(([branch, title, author]) => ({
  branch,
  title,
  author,
  body: `${title}. Reviewed in pairs; tests are part of the change.`,
}));
