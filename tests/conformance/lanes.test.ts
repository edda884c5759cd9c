import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startTestService } from '@fairlead/server-kit/testing';
import { createConformanceFixture } from '@fairlead/testkit/conformance';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { afterAll, expect, test } from 'vitest';
import { startCredentialShim } from './credential-shim.ts';
import { requiredServerScenarios } from './required-scenarios.ts';
import { runSuite, type SuiteResult } from './run-suite.ts';
import { planGateway, startGateway } from './start-gateway.ts';

const revisions = ['2025-11-25', '2026-07-28'] as const;
const LANE_TIMEOUT_MS = 120_000;

/** One cell of the table of 03 §6. */
interface Cell {
  readonly lane: string;
  readonly revision: string;
  readonly passed: number;
  readonly required: number;
  readonly unscoredPassed: number;
  readonly unscored: number;
}

const cells: Cell[] = [];

afterAll(async () => {
  await writeFile(
    fileURLToPath(new URL('../../conformance.json', import.meta.url)),
    `${JSON.stringify(cells, null, 2)}\n`,
  );
});

test(
  'CF-01: L1, the fixture on the server-kit passes every required scenario of both revisions',
  { timeout: LANE_TIMEOUT_MS },
  async () => {
    const fixture = createConformanceFixture();
    await using service = await startTestService(fixture.service, { raw: fixture.raw });
    await using shim = await startCredentialShim(service.mcpUrl, service.keys['admin'] ?? '');

    expect(await failuresOfLane('L1', shim.url)).toEqual([]);
  },
);

test(
  'CF-02: L2, the same through the gateway, authenticated, decided, limited and audited',
  { timeout: LANE_TIMEOUT_MS },
  async () => {
    const plan = await planGateway();
    await using folder = await createRunFolder();
    const fixture = createConformanceFixture();
    await using service = await startTestService(fixture.service, {
      raw: fixture.raw,
      environment: { GATEWAY_JWKS_URL: plan.jwksUrl },
    });
    await using gateway = await startGateway(plan, { fixture: service.mcpUrl }, folder);
    await gateway.untilUp('fixture');
    await using shim = await startCredentialShim(`${gateway.url}/servers/fixture/mcp`, gateway.key);

    expect(await failuresOfLane('L2', shim.url)).toEqual([]);
  },
);

/** Runs both revisions and says in words what a required scenario lacks; an empty list is a pass. */
async function failuresOfLane(lane: string, url: string): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const revision of revisions) {
    const result = await runSuite(url, revision);
    const required = await requiredServerScenarios(revision);
    cells.push(cellOf({ lane, revision, required, result }));
    failures.push(...failuresOf({ revision, required, result }));
  }
  return failures;
}

function failuresOf({
  revision,
  required,
  result,
}: {
  revision: string;
  required: readonly string[];
  result: SuiteResult;
}): readonly string[] {
  const ran = new Map(result.scenarios.map(({ scenario, failures }) => [scenario, failures]));
  const missing = required
    .filter((scenario) => !ran.has(scenario))
    .map((scenario) => `${revision} ${scenario}: did not run`);
  const failed = required.flatMap((scenario) =>
    (ran.get(scenario) ?? []).map((failure) => `${revision} ${scenario}: ${failure}`),
  );
  const exit =
    result.exitCode === 0
      ? []
      : [`${revision}: the suite ended with ${result.exitCode}: ${result.output.slice(-2_000)}`];
  return [...missing, ...failed, ...exit];
}

function cellOf({
  lane,
  revision,
  required,
  result,
}: {
  lane: string;
  revision: string;
  required: readonly string[];
  result: SuiteResult;
}): Cell {
  const passes = result.scenarios.filter(({ failures }) => failures.length === 0).map(({ scenario }) => scenario);
  const unscored = result.scenarios.filter(({ scenario }) => !required.includes(scenario));
  return {
    lane,
    revision,
    passed: passes.filter((scenario) => required.includes(scenario)).length,
    required: required.length,
    unscored: unscored.length,
    unscoredPassed: unscored.filter(({ failures }) => failures.length === 0).length,
  };
}
