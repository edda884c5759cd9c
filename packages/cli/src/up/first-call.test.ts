import { expect, test } from 'vitest';
import { firstCallLines } from './first-call.ts';

const call = { mcp: 'http://127.0.0.1:8080/mcp', key: 'flk_x', fleetOption: [], services: ['aiml', 'data'] };

test('shows a call of our own command and the same by curl', () => {
  const [own, curl] = firstCallLines(call);

  expect(own).toBe(
    `npx fairlead call data__query_database sql='select status, count(*) from orders group by 1 order by 2 desc'`,
  );
  expect(curl).toContain(`-H 'Authorization: Bearer flk_x' -H 'Content-Type: application/json'`);
  expect(curl).toContain(`-H 'Mcp-Name: data__query_database'`);
});

test('names the fleet when a command would not find it', () => {
  const [own] = firstCallLines({ ...call, fleetOption: ['--fleet', '/my state'] });

  expect(own).toMatch(/--fleet '\/my state'$/);
});

test('shows a tool of a service that runs, and nothing when no demo service does', () => {
  expect(firstCallLines({ ...call, services: ['devops'] })[0]).toBe('npx fairlead call devops__list_integrations');
  expect(firstCallLines({ ...call, services: ['tickets'] })).toEqual([]);
});
