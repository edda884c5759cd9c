import { roleConfig } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { demoRoles } from './demo-identity.ts';

// 05 §4
test('gives each demo role the permissions of the matrix', () => {
  const allowed = Object.fromEntries(Object.entries(demoRoles).map(([name, role]) => [name, role.allow.join(' ')]));

  expect(allowed).toEqual({
    admin: '*',
    analyst: 'data:read data:files data:cache data:export aiml:read aiml:infer',
    developer: 'devops:read devops:write aiml:read',
    viewer: 'data:read data:files aiml:read',
  });
});

test('has roles that the config file accepts', () => {
  for (const role of Object.values(demoRoles)) expect(roleConfig.parse(role)).toEqual(role);
});
