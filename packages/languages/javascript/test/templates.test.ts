import type { HoleType, Template } from '@katib-push/core';
import { describe, expect, test } from 'vitest';
import { lastTemplate, showTemplate } from './javascript.ts';
import { printAll } from './run-node.ts';

/** What the text doesn't tell: `loss`, `acc`, `e`, `name`, `xs`, `flag` and `o` of a function. */
const GIVEN =
  'const [loss, acc, e, name, xs, flag, o] = ((...all) => all)(0.25, 91.5, 3, "val", [1, 2], true, { loss: 0.5 });\n';

/** Marks a template that leaves its line open; all others end in a newline. */
const OPEN = '␄';

/** By family: a script's last lines, and the template of its last statement. */
const CASES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  strings: [
    ['console.log("loss=1")', 'loss=1'],
    [`console.log('tab\\t\\x41\\u00e9\\u{1F600}\\\\', "a\\\nb")`, 'tab\tAé😀\\ ab'],
    ['console.log("100%%")', '100%%'],
    ['console.log()', ''],
    ['console.log("a", "b", 1, true, null, undefined)', 'a b 1 true null undefined'],
    ['console.log(1_000, 0.50, 1e21, 0x10, -1, -0.5)', '1000 0.5 1e+21 16 -1 -0.5'],
    ['process.stdout.write("loss=1\\n")', 'loss=1'],
    ['process.stdout.write("loss=")', `loss=${OPEN}`],
    ['process.stderr.write(`${loss}`)', `‹loss:unknown›${OPEN}`],
  ],
  'template literals': [
    ['console.log(`loss=${loss}`)', 'loss=‹loss:unknown›'],
    ['console.log(`loss=${loss.toFixed(4)} ${e}`)', 'loss=‹loss.toFixed(4):number› ‹e:unknown›'],
    ['console.log(`${1}${"a"}${`b${e}`}\\n`)', '1ab‹e:unknown›\n'],
    ['console.log(`a\\${b} \\u0041`)', 'a${b} A'],
    ['console.log(String.raw`a${e}`)', '‹String.raw`a${e}`:unknown›'],
    [
      'console.log(`${acc / 100} ${e + 1} ${e * 2} ${-e} ${+name}`)',
      '‹acc / 100:number› ‹e + 1:unknown› ‹e * 2:number› ‹-e:number› ‹+name:number›',
    ],
    [
      'console.log(`${flag ? "x" : "y"} ${xs.length} ${Math.max(1, e)} ${Number(name)}`)',
      '‹flag ? "x" : "y":unknown› ‹xs.length:unknown› ‹Math.max(1, e):number› ‹Number(name):number›',
    ],
    ['console.log(`${o.loss} ${xs} ${o}`)', '‹o.loss:unknown› ‹xs:unknown› ‹o:unknown›'],
  ],
  formats: [
    ['console.log("%s: %d%%", name, e)', '‹name:unknown›: ‹e:number›%'],
    ['console.log("loss=%f %i", loss, acc)', 'loss=‹loss:number› ‹acc:integer›'],
    ['console.log("%s=%s", "loss", 1)', 'loss=1'],
    ['console.log("%s", "a", "b", e)', 'a b ‹e:unknown›'],
    ['console.log("%s %s", e)', '‹e:unknown› %s'],
    ['console.log("%d%%")', '%d%%'],
    ['console.log("a%%", e)', 'a% ‹e:unknown›'],
    ['console.log("%s%%%%", e)', '‹e:unknown›%%'],
    ['console.log("%x %s", e)', '%x ‹e:unknown›'],
    ['console.log("%c%s", "color: red", e)', '‹e:unknown›'],
    ['console.log("%j", { a: 1, b: name })', '{"a":1,"b":‹name:unknown›}'],
    ['console.log("%o|%O", name, { a: 1 })', '‹name:unknown›|{ a: 1 }'],
    ['console.log(`%s ${e} %`, name)', '‹name:unknown› ‹e:unknown› %'],
    ['console.log(...xs)', '‹...xs:unknown›'],
    ['console.log("%s=%d", "a", ...xs)', 'a=‹…:unknown›'],
    ['console.log("a", ...xs)', 'a ‹…:unknown›'],
    ['console.log(loss.toFixed(2), "%s")', '‹loss.toFixed(2):number› %s'],
    ['console.log(e, "%s", name)', '‹e:unknown› %s ‹name:unknown›'],
    ['const { format } = require("util");\nconsole.log(require("util").format("%d", e))', '‹e:number›'],
    ['const util = require("util");\nconsole.log(util.format("a=%d", e))', 'a=‹e:number›'],
    ['console.error("a=%s", -0)', 'a=‹-0:number›'],
  ],
  objects: [
    ['console.log({ loss, n: 1, s: "x" })', "{ loss: ‹loss:unknown›, n: 1, s: 'x' }"],
    ['console.log("a", { "b-c": true }, [1, "x", null])', 'a { \'b-c\': true } ‹[1, "x", null]:unknown›'],
    ['console.log({}, [])', '{} ‹[]:unknown›'],
    ['console.log({ a: 1, b: 2, c: 3, d: 4, e: 5 })', '‹{ a: 1, b: 2, c: 3, d: 4, e: 5 }:unknown›'],
    ['console.log({ ...o })', '‹{ ...o }:unknown›'],
    [
      'console.log(JSON.stringify({ loss: loss / 2, "n n": [1, "a\\""], t: loss.toFixed(2) }))',
      '{"loss":‹loss / 2:number›,"n n":‹[1, "a\\""]:unknown›,"t":"‹loss.toFixed(2):number›"}',
    ],
    ['console.log(JSON.stringify(o))', '‹JSON.stringify(o):string›'],
    ['console.log(JSON.stringify({ a: 1 }, null, 2))', '‹JSON.stringify({ a: 1 }, null, 2):string›'],
  ],
  encodings: [
    ['process.stdout.write("bG9zcz00Cg==", "base64")', `‹…:string›${OPEN}`],
    ['process.stdout.write("a=1\\n", "UTF-8", () => 1)', 'a=1'],
    ['process.stdout.write("a=1\\n", () => 1)', 'a=1'],
  ],
  sums: [
    ['console.log("loss=" + loss)', 'loss=‹loss:unknown›'],
    ['console.log("a" + 1 + 2 + "b" + (1 + 2))', 'a12b‹1 + 2:number›'],
    ['console.log(1 + 2 + "a")', '‹1 + 2:number›a'],
    ['console.log(loss.toFixed(1) + "%")', '‹loss.toFixed(1):number›%'],
    ['console.log("=".repeat(5) + `a=${e}`, String(e))', '‹"=".repeat(5):string›a=‹e:unknown› ‹e:unknown›'],
    ['console.log(`${"a"}`.padEnd(5) + "|")', '‹`${"a"}`.padEnd(5):string›|'],
  ],
  names: [
    ['const tag = "loss";\nconsole.log(`${tag}=${e}`)', 'loss=‹e:unknown›'],
    ['const [tag] = "loss=1";\nconsole.log(tag)', '‹tag:unknown›'],
    ['let line = `e ${e}: `;\nline += `loss=${loss}`;\nconsole.log(line)', '‹line:unknown›'],
    ['let line = `loss=${e}`;\nconsole.log(line)', 'loss=‹e:unknown›'],
    ['let line = "";\nfor (const x of xs) line += x;\nconsole.log(line)', '‹line:unknown›'],
    ['let total = 0;\nfor (const x of xs) total += x * 2;\nconsole.log(total)', '‹total:unknown›'],
    ['let n = 0;\nconsole.log(n); const half = n / 2;\nconsole.log(half)', '‹half:number›'],
    ['const c = flag ? 1 : c + 1;\nconsole.log(c)', '‹c:unknown›'],
    ['const f = (loss) => console.log(loss);\nf("loss=1")', '‹loss:unknown›'],
    ['const { loss: l = "x" } = o;\nconsole.log(l)', '‹l:unknown›'],
    ['let best;\nbest = loss / 2;\nconsole.log(best)', '‹best:unknown›'],
    ['const fmt = "a=%d";\nconsole.log(fmt, e)', 'a=‹e:number›'],
    ['var v = "a";\n{ var v = "b" }\nconsole.log(v)', '‹v:unknown›'],
  ],
  'other methods': [
    ['console.group("g", e); console.groupEnd(); console.group("g"); console.groupEnd()', 'g'],
    ['console.count("n"); console.count("n")', '(none)'],
    ['console.assert(!flag, "loss=%d", e)', '(none)'],
    ['console.table(xs)', '(none)'],
  ],
};

const TYPES: Readonly<Record<HoleType, string>> = {
  integer: '-?\\d+',
  number: '(?:[-+]?[\\d.]+(?:e[-+]\\d+)?|NaN|-?Infinity)',
  percent: '-?[\\d.]+%',
  boolean: '(?:true|false)',
  none: '(?:null|undefined)',
  string: '[\\s\\S]*?',
  unknown: '[\\s\\S]*?',
};

/** All that a template may print. */
function patternOf(template: Template): RegExp {
  const source = template.parts
    .map((part) =>
      part.kind === 'hole' ? TYPES[part.type] : part.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`${source}$`);
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('%s', (text, shown) => {
    const end = shown === '(none)' ? '' : shown.endsWith(OPEN) ? '' : '\n';
    expect(showTemplate(lastTemplate(GIVEN + text))).toBe(shown.replace(OPEN, '') + end);
  });

  test('node prints what the templates say', () => {
    const printed = printAll(cases.map(([text]) => GIVEN + text));
    for (const [index, [text]] of cases.entries()) {
      const template = lastTemplate(GIVEN + text);
      if (template)
        expect({ text, printed: printed[index] }).toEqual({
          text,
          printed: expect.stringMatching(patternOf(template)),
        });
    }
  });
});

test('stand-ins are holes', () => {
  const text = 'const lr = ____; console.log(`lr=${lr} ____`, "a____b", ____)';
  const opaque = [...text.matchAll(/____/g)].map(({ index }) => ({ from: index, to: index + 4 }));
  expect(showTemplate(lastTemplate(text, opaque))).toBe(
    'lr=‹lr:unknown› ‹…:unknown› a‹…:unknown›b ‹…:unknown›\n',
  );
});
