/** Rules inside a package; `turbo boundaries` keeps the rules between packages. */
const noTests = '[.]test[.]ts$';
export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', pathNot: noTests },
      to: {
        path: [
          '^services/[^/]+/src/(adapters|tools|resources|prompts|service|main|config)',
          '^packages/server-kit/',
          '@modelcontextprotocol/',
        ],
      },
    },
    {
      name: 'domain-no-io',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', pathNot: noTests },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|dns|tls|worker_threads)(/|$)' },
    },
    {
      name: 'tools-do-not-build',
      severity: 'error',
      from: { path: '^services/[^/]+/src/(tools|resources|prompts)/', pathNot: noTests },
      to: { path: '^services/[^/]+/src/(adapters|service|main)' },
    },
    {
      name: 'sdk-only-in-the-kit',
      severity: 'error',
      from: { path: '^services/', pathNot: ['^services/gateway/', '/test/'] },
      to: { path: '@modelcontextprotocol/' },
    },
    {
      name: 'runtime-without-the-sdk',
      severity: 'error',
      from: { path: '^packages/server-kit/src/(runtime|identity|resilience)/', pathNot: noTests },
      to: { path: ['@modelcontextprotocol/', '^packages/server-kit/src/(mcp|run|define|call|tools)/'] },
    },
    {
      name: 'gateway-hot-path',
      comment: '04 G-10: no SDK, no Express, no zod, no Postgres on the path of a call.',
      severity: 'error',
      from: { path: '^services/gateway/src/(wire|policy|forward)/', pathNot: noTests },
      to: {
        path: ['@modelcontextprotocol/', '/node_modules/(express|zod|pg)/', '^packages/server-kit/src/index[.]ts'],
      },
    },
    {
      name: 'express-only-in-admin',
      severity: 'error',
      from: { path: '^services/gateway/src/', pathNot: ['^services/gateway/src/admin/', noTests] },
      to: { path: '/node_modules/express/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '[.]turbo'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@fairlead/source', 'import', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
