import { defineConfig } from '@kubb/core';
import { pluginClient } from '@kubb/plugin-client';
import { pluginOas } from '@kubb/plugin-oas';
import { pluginTs } from '@kubb/plugin-ts';

export default defineConfig({
  input: { path: './contract.yaml' },
  output: { path: './generated', clean: true, format: false, lint: false },
  plugins: [
    pluginOas({ generators: [] }),
    pluginTs({ output: { path: 'models' }, enumType: 'literal', unknownType: 'unknown' }),
    pluginClient({
      output: { path: 'clients' },
      client: 'fetch',
      bundle: true,
      paramsType: 'object',
      dataReturnType: 'full',
    }),
  ],
});
