import { Refusal } from '../refusal.ts';
import { isReadableSetting, readableSettings } from './readable-settings.ts';
import { nameOf, type TreeNode } from './syntax-tree.ts';

/**
 * Refuses SHOW of a setting that tells about the server (06 S-24).
 *
 * @throws Refusal `SQL_OBJECT_DENIED`, with the settings that may be shown.
 */
export function checkShow(show: TreeNode): void {
  const name = nameOf(show['name']);
  if (isReadableSetting(name)) return;
  throw new Refusal(
    'SQL_OBJECT_DENIED',
    `SHOW ${name} is not allowed. SHOW may read: ${[...readableSettings].join(', ')}.`,
  );
}
