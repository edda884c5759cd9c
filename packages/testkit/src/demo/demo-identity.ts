import type { RoleConfig } from '@fairlead/contracts';

/** Names of the four demo roles. */
export type DemoRoleName = 'admin' | 'analyst' | 'developer' | 'viewer';

/** The `roles` of the demo's `fairlead.yaml`: who may do what, exactly as the matrix of 05 §4 has it. */
export const demoRoles: Readonly<Record<DemoRoleName, RoleConfig>> = {
  admin: { allow: ['*'], deny: [] },
  analyst: { allow: ['data:read', 'data:files', 'data:cache', 'data:export', 'aiml:read', 'aiml:infer'], deny: [] },
  developer: { allow: ['devops:read', 'devops:write', 'aiml:read'], deny: [] },
  viewer: { allow: ['data:read', 'data:files', 'aiml:read'], deny: [] },
};
