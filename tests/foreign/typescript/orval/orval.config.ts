import { defineConfig } from 'orval';

export default defineConfig({
  orbit: {
    input: { target: './contract.yaml' },
    output: {
      mode: 'split',
      target: './generated/orbit.ts',
      client: 'fetch',
      override: { mutator: { path: './client.ts', name: 'call' } },
    },
  },
});
