/** A person of the demo company, or one from outside. */
export interface GithubPerson {
  readonly login: string;
  readonly name: string;
  /** What the person is to the organization; outsiders may still write in public repositories. */
  readonly role: 'admin' | 'member' | 'outsider';
}

/** The organization that owns the demo repositories. */
export const githubOrganization = 'acme';

/**
 * Everybody who writes on the GitHub double. The first is whom the double takes for the owner of a token that it does
 * not know; an outsider stands there so that a wrong token gets no rights in the organization.
 */
export const githubPeople: readonly GithubPerson[] = [
  { login: 'mallory-fixes', name: 'Mallory', role: 'outsider' },
  { login: 'acme-bot', name: 'Acme Bot', role: 'admin' },
  { login: 'dana-ops', name: 'Dana Okafor', role: 'admin' },
  { login: 'li-pay', name: 'Li Wen', role: 'member' },
  { login: 'marta-shop', name: 'Marta Silva', role: 'member' },
  { login: 'jonas-data', name: 'Jonas Weber', role: 'member' },
  { login: 'priya-web', name: 'Priya Nair', role: 'member' },
];

/** The account that the fleet's own token belongs to. */
export const githubBotLogin = 'acme-bot';

/** The token by which a person writes on the double. Not a secret: it works on the double only. */
export function githubDoubleToken(login: string): string {
  return `github-double-${login}`;
}
