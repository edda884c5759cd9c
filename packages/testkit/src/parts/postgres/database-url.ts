/** Name and password of a database role. */
export interface DatabaseLogin {
  readonly name: string;
  readonly password: string;
}

/** Answers `adminUrl` with another database, and with another role where one is given. */
export function databaseUrl(adminUrl: string, database: string, login?: DatabaseLogin): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (login === undefined) return url.href;
  url.username = encodeURIComponent(login.name);
  url.password = encodeURIComponent(login.password);
  return url.href;
}
