import { expect, test } from 'vitest';
import { isSecretName } from './secret-names.ts';

// 06 S-51.
test.for(['.env', '.ENV.local', '.ssh', '.git', '.fairlead', 'id_rsa', 'ID_ED25519', 'a.pem', 'A.PEM', 'tls.key'])(
  'passes over %s',
  (name) => {
    expect(isSecretName(name)).toBe(true);
  },
);

test.for(['readme.md', 'a.pem.md', 'keys.ts', 'hid_me.md', 'env'])('shows %s', (name) => {
  expect(isSecretName(name)).toBe(false);
});
