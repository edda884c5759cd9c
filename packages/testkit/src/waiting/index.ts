/** Public names of `@fairlead/testkit/waiting`: waiting without sleeps, ports, folders. Adding a line here is adding API. */
export { createRunFolder, type RunFolder } from './create-run-folder.ts';
export { freePort } from './free-port.ts';
export { until, type UntilOptions } from './until.ts';
