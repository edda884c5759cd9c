import { gatewayConfig } from '@fairlead/contracts';
import { z } from 'zod';

/** Renders the JSON Schema of `fairlead.yaml`, for editors and for people who check the file before they roll it out. */
export async function configSchemaPage(): Promise<string> {
  const schema = z.toJSONSchema(gatewayConfig, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ ...schema, title: 'Fairlead gateway configuration' }, null, 2)}\n`;
}
