import type { Language } from '@katib-push/core';
import { fixtureScripts } from '../fixture-scripts.ts';
import { measureRatio, type Ratio } from '../ratio.ts';
import { languageNamed, rewriteText } from '../rewrite-text.ts';
import { roundsFor, sizes } from '../rounds.ts';
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
  const samples = await samplesOf(python, pythonSample);
  return samples.map(({ name, texts, rounds }) => {
    const rival = () => timeLibCst(texts, rounds);
    return measureRatio(`python rewrite / LibCST, ${name}`, rival, rewriteAll(python, texts, rounds), pairs);
  });
}

async function benchJscodeshift(): Promise<readonly Ratio[]> {
  const wrap = loadJscodeshift();
  if (!wrap) {
    console.log('jscodeshift is skipped: it is not installed');
    return [];
  }
  const javascript = await languageNamed('javascript');
  const samples = await samplesOf(javascript, javascriptSample, (text) => parses(wrap, text));
  return samples.map(({ name, texts, rounds }) => {
    const rival = () => {
      for (let i = 0; i < rounds; i++) for (const text of texts) wrap(text);
    };
    const ours = rewriteAll(javascript, texts, rounds);
    return measureRatio(`javascript rewrite / jscodeshift, ${name}`, rival, ours, pairs);
  });
}

interface Sample {
  readonly name: string;
  readonly texts: readonly string[];
  readonly rounds: number;
}

/** Whether the rival reads a script: jscodeshift takes every one for a module. */
function parses(wrap: (text: string) => string, text: string): boolean {
  try {
    wrap(text);
    return true;
  } catch {
    return false;
  }
}

/** Generated scripts of each size, and the fixtures' own, as far as the rival reads them. */
async function samplesOf(
  language: Language,
  generate: (bytes: number) => string,
  isRead: (text: string) => boolean = () => true,
): Promise<readonly Sample[]> {
  const generated = sizes.map((kilobytes) => ({
    name: `${kilobytes} KB`,
    texts: [generate(kilobytes * 1024)],
    rounds: roundsFor(kilobytes),
  }));
  const texts = (await fixtureScripts(language)).filter(isRead);
  return [...generated, { name: `${texts.length} fixtures`, texts, rounds: 1 }];
}

function rewriteAll(language: Language, texts: readonly string[], rounds: number): () => void {
  return () => {
    for (let i = 0; i < rounds; i++) for (const text of texts) rewriteText(language, text);
  };
}
