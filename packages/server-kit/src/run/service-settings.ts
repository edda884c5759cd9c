import type { ServiceDefinition } from '../define/service.ts';
import type { ConfigDefinition } from '../runtime/config.ts';
import { platformSettings } from '../runtime/settings/platform-settings.ts';
import { toolsetSettings } from './toolset-settings.ts';

/**
 * Every setting of a service: those of each process, its toolsets, and its own.
 *
 * @throws Error when a service declares a name that the kit owns.
 */
export function serviceSettings<Deps, Settings extends ConfigDefinition>(
  service: Pick<ServiceDefinition<Deps, Settings>, 'name' | 'config' | 'defaultToolsets'>,
): typeof platformSettings & Settings {
  const shared = { ...platformSettings, ...toolsetSettings(service.name, service.defaultToolsets) };
  const taken = Object.keys(service.config).filter((name) => name in shared);
  if (taken.length > 0) throw new Error(`${service.name}: the kit owns ${taken.join(', ')}; do not declare it`);
  return Object.freeze({ ...shared, ...service.config });
}
