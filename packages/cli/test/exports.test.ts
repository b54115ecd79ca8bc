import * as cli from 'katib-push';
import { expect, it } from 'vitest';

it('exports these names', () => {
  expect(Object.keys(cli).sort()).toEqual(['exitCode', 'run', 'version']);
});
