import { describe, expect, it } from 'vitest';
import { languageNamed, rewriteText } from '../rewrite-text.ts';
import { loadJscodeshift } from './jscodeshift.ts';
import { hasLibCst, wrapByLibCst } from './libcst.ts';

const python = `"""A training script."""
import sys  # loss=0.5

text = 'loss=0.5'
for epoch in range(3):
    accuracy = epoch / 3
    print(f"epoch {epoch}: accuracy={accuracy:.4f}", flush=True)
    print('loss={:.4f}'.format( 1 - accuracy ) ,file = sys.stderr)
    print("accuracy = %s" % accuracy); print("epoch %d" % epoch)
    print(  "loss=" + str(accuracy),   # a comment within
        text)
print("done", len("accuracy"))
`;

const javascript = `'use strict'; // loss=0.5
const text = 'loss=0.5';
for (let epoch = 0; epoch < 3; epoch++) {
  const accuracy = epoch / 3;
  console.log(\`epoch \${epoch}: accuracy=\${accuracy.toFixed(4)}\`);
  console.error('loss=%d', 1 - accuracy   ); console.log('next')
  console.info( "accuracy = " + accuracy, // a comment within
    text,
  )
}
const { length } = 'accuracy';
console.log('done');
`;

/** All but the first line, which holds our prelude. */
const body = (text: string) => text.slice(text.indexOf('\n'));

// What is not installed shows as skipped: LibCST comes with the first `pnpm bench`.
describe('rivals of the bench wrap the same calls as we do', () => {
  it.skipIf(!hasLibCst())('LibCST', async () => {
    const ours = rewriteText(await languageNamed('python'), python);
    expect(body(wrapByLibCst(python))).toBe(body(ours));
    expect(ours.match(/_katib_push\(print\)/g)).toHaveLength(4);
  });

  const wrap = loadJscodeshift();
  it.skipIf(!wrap)('jscodeshift', async () => {
    const ours = rewriteText(await languageNamed('javascript'), javascript);
    expect(body(wrap?.(javascript) ?? '')).toBe(body(ours));
    expect(ours.match(/_katib_push\(console\)/g)).toHaveLength(3);
  });
});
