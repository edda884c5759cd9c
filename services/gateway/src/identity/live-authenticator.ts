import type { Authenticator } from '@fairlead/server-kit/identity';

/**
 * An authenticator that asks the one in force. A token whose check took so long that the config changed meanwhile is
 * checked by the new one: what it takes away is gone at once (04 G-83).
 */
export function liveAuthenticator(inForce: () => Authenticator): Authenticator {
  const live: Authenticator = {
    authenticate(headers, rawHeaders, url) {
      const asked = inForce();
      const answer = asked.authenticate(headers, rawHeaders, url);
      if (!(answer instanceof Promise)) return answer;
      return answer.then((late) => (inForce() === asked ? late : live.authenticate(headers, rawHeaders, url)));
    },
  };
  return live;
}
