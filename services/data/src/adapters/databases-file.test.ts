import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDatabasesFile } from './databases-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairlead-databases-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function read(yaml: string, environment: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'databases.yaml');
  await writeFile(file, yaml);
  return readDatabasesFile(file, { environment: (name) => environment[name] });
}

const shop = `
- id: shop
  description: The shop.
  url: { from: { env: SHOP_URL } }
  schemas: [public, sales]
`;

test('reads databases whose URLs come from the environment and from files beside it', async () => {
  await writeFile(join(folder, 'stock.url'), 'postgres://ro:pw@db/stock\n');

  const sources = await read(
    `${shop}
- id: stock
  description: The stock.
  url: { from: { file: stock.url } }
  schemas: [public]
`,
    { SHOP_URL: 'postgres://ro:pw@db/shop' },
  );

  expect(sources.map(({ url, ...rest }) => ({ ...rest, url: url.reveal() }))).toEqual([
    { id: 'shop', description: 'The shop.', schemas: ['public', 'sales'], url: 'postgres://ro:pw@db/shop' },
    { id: 'stock', description: 'The stock.', schemas: ['public'], url: 'postgres://ro:pw@db/stock' },
  ]);
  expect(String(sources[0]?.url)).toBe('***');
});

test('names the variable that is not set, and never a value', async () => {
  await expect(read(shop)).rejects.toThrow('the url of database shop: the environment variable SHOP_URL is not set');
  await expect(read(shop, { SHOP_URL: 'mysql://hunter2' })).rejects.toThrow(
    /^(?!.*hunter2).*holds no URL that begins with postgres:/,
  );
});

test.each([
  ['[]', 'Too small'],
  [shop.replace('id: shop', 'id: Shop'), 'is not an id'],
  [`${shop}  writeUrl: { from: { env: X } }`, 'writeUrl'],
  [shop.replace('[public, sales]', '[]'), 'schemas'],
  [`${shop}${shop}`, 'the id shop is there twice'],
])('refuses entry %# and says what is wrong', async (yaml, reason) => {
  await expect(read(yaml, { SHOP_URL: 'postgres://ro@db/shop' })).rejects.toThrow(reason);
});
