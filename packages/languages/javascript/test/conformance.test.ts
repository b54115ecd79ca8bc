import { join } from 'node:path';
import { createJavaScript } from '@katib-push/javascript';
import fc from 'fast-check';
import { describeLanguage } from '../../../../test/conformance/index.ts';

const value = fc.constantFrom('0.5', '1e-5', 'step', '-2', '(1 / 3).toFixed(3)', 'step * 0.25');
const line = value.chain((value) =>
  fc.constantFrom(
    `console.log(\`loss=\${${value}}\`);`,
    `console.info('loss=' + ${value});`,
    `console.log('loss=%s', ${value});`,
    `console.error('loss=%d', Number(${value}));`,
    `process.stdout.write('loss=' + String(${value}) + '\\n');`,
    `show('loss', ${value});`,
    `console.log('step', ${value});`,
    `console.log('constant')`,
  ),
);

/** Programs that print metrics in many ways, in a loop and in a function. */
const programs = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([lines, strict]) =>
    [
      ...(strict ? ["'use strict';"] : []),
      'const show = (name, value) => console.log(`${name}=${value}`);',
      'for (let step = 0; step < 2; step++) {',
      ...lines.map((each) => `  ${each}`),
      '}',
      '',
    ].join('\n'),
  );

await describeLanguage(createJavaScript, {
  fixtures: new URL('fixtures', import.meta.url),
  interpreter: 'node',
  path: [join(import.meta.dirname, '../../../../node_modules/.bin')],
  programs,
  prints: (literal) => `process.stdout.write(${literal})`,
});
