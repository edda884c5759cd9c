import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { devJson, type DevJson } from '@fairlead/contracts';

/** Reads the `dev.json` of a running fleet as it is now: a service that was started anew has another pid in it. */
export async function readDevJson(stateFolder: string): Promise<DevJson> {
  return devJson.parse(JSON.parse(await readFile(path.join(stateFolder, 'dev.json'), 'utf8')));
}
