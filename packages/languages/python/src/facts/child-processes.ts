import { knownText, type TemplatePart } from '@katib-push/core';
import type { Call } from '../names/call.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { renderText } from '../templates/render.ts';

/** Calls that start another process, or become one. */
export const STARTS =
  /^(?:subprocess\.(?:run|call|check_call|check_output|Popen)|os\.(?:system|popen|spawn\w+|exec[lv]\w*|posix_spawnp?)|asyncio\.(?:subprocess\.)?create_subprocess_(?:exec|shell)|pty\.spawn)$/;

/** Commands that prepare or look, and print no metric of a training. */
const HARMLESS = new Set(
  [
    'apk apt apt-get aws cd chmod chown clear cmake conda cp curl df du export find free g++ gcc gcloud git git-lfs gsutil',
    'gunzip gzip hf hostname huggingface-cli kaggle kill killall lscpu ln ls mamba mkdir mv ninja nproc nvcc nvidia-smi pip',
    'pip3 pkill rm rmdir rocm-smi sleep tar touch true ulimit uname unset unzip uv wget which whoami yum zip',
  ].flatMap((line) => line.split(' ')),
);
const HARMLESS_MODULE = /^(?:pip|venv|ensurepip|spacy|nltk\.downloader)$/;

/** Whether nothing that the process writes to either stream reaches the container's output. */
export function isCaptured(script: Script, path: string, { keywords }: Call): boolean {
  if (keywords.get('capture_output')?.type === 'true') return true;
  const isElsewhere = (name: string): boolean => {
    const given = keywords.get(name);
    return (
      given !== undefined && given.type !== 'none' && !/\bstd(?:out|err)\b|^[12]$/.test(textOf(script, given))
    );
  };
  return (path.endsWith('.check_output') || isElsewhere('stdout')) && isElsewhere('stderr');
}

/** Whether the command line is known, and one that prints no metric: `["pip", "install", name]`, `f"mkdir -p {path}"`. */
export function isHarmless(script: Script, { positional, keywords }: Call): boolean {
  const [first, second] = positional;
  const given = first ?? keywords.get('args') ?? keywords.get('cmd');
  if (!given) return false;
  const at = withoutParentheses(given);
  if (at.type === 'list' || at.type === 'tuple')
    return runsHarmless(at.parts.map((word) => wordOf(script, word)));
  // a program and its words, one by one
  if (second && /string/.test(second.type))
    return runsHarmless(positional.map((word) => wordOf(script, word)));
  return commandsOf(renderText(script, at)).every((words) => runsHarmless(words));
}

function runsHarmless(words: readonly string[]): boolean {
  const [program = '', flag = '', module = ''] = words;
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (HARMLESS.has(name)) return true;
  return /^(?:sys\.executable|python[\d.]*)$/.test(name) && flag === '-m' && HARMLESS_MODULE.test(module);
}

/** A word's text; of anything but a constant its source, which is no command's name. */
function wordOf(script: Script, word: Syntax): string {
  return knownText(renderText(script, word)) ?? textOf(script, word);
}

/** The simple commands of a shell text, as words. What is known only at run time is a word of its own. */
function commandsOf(parts: readonly TemplatePart[]): readonly (readonly string[])[] {
  const text = parts.map((part) => (part.kind === 'literal' ? part.text : '{}')).join('');
  return text.split(/[;|&\n]+/).flatMap((command) => {
    const words = command.trim().split(/\s+/);
    return words[0] === '' ? [] : [words];
  });
}
