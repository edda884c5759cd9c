/** Keys of our own under `_meta` on the wire (04 G-20: the specification asks for reverse DNS). */
export const metaKeys = {
  permission: 'dev.fairlead/permission',
  effect: 'dev.fairlead/effect',
  labels: 'dev.fairlead/labels',
  error: 'dev.fairlead/error',
  stale: 'dev.fairlead/stale',
  backends: 'dev.fairlead/backends',
  originalName: 'dev.fairlead/originalName',
} as const;
