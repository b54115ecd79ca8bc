import { measureRatio, type Ratio } from '../ratio.ts';
import { languageNamed, rewriteText } from '../rewrite-text.ts';
import { repeatFor, roundsFor, sizes } from '../rounds.ts';
import { javascriptSample } from '../sample-javascript.ts';
import { pythonSample } from '../sample-python.ts';
import { loadJscodeshift } from './jscodeshift.ts';
import { installLibCst, timeLibCst } from './libcst.ts';

/** Fewer pairs than elsewhere: at 200 KB LibCST takes more than a second. */
const pairs = 9;

/**
 * Our whole rewrite, verification included, against LibCST and jscodeshift, which wrap the same calls and verify nothing.
 * What can't be had is skipped, with a line that says why.
 */
export async function benchRivals(): Promise<readonly Ratio[]> {
  return [...(await benchLibCst()), ...(await benchJscodeshift())];
}

async function benchLibCst(): Promise<readonly Ratio[]> {
  const fault = installLibCst();
  if (fault !== undefined) {
    console.log(`LibCST is skipped: ${fault}`);
    return [];
  }
  const python = await languageNamed('python');
  return sizes.map((kilobytes) => {
    const text = pythonSample(kilobytes * 1024);
    const rival = () => timeLibCst(text, roundsFor(kilobytes));
    const rewrite = repeatFor(kilobytes)(() => rewriteText(python, text));
    return measureRatio(`python rewrite / LibCST, ${kilobytes} KB`, rival, rewrite, pairs);
  });
}

async function benchJscodeshift(): Promise<readonly Ratio[]> {
  const wrap = loadJscodeshift();
  if (!wrap) {
    console.log('jscodeshift is skipped: it is not installed');
    return [];
  }
  const javascript = await languageNamed('javascript');
  return sizes.map((kilobytes) => {
    const text = javascriptSample(kilobytes * 1024);
    const repeat = repeatFor(kilobytes);
    const rival = repeat(() => wrap(text));
    const rewrite = repeat(() => rewriteText(javascript, text));
    return measureRatio(`javascript rewrite / jscodeshift, ${kilobytes} KB`, rival, rewrite, pairs);
  });
}
