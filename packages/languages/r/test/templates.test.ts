import { describe, expect, test } from 'vitest';
import { showTemplate, withDocument } from './r.ts';
import { runR } from './run-r.ts';

/** A script's last statement, what is shown of its template. */
const TEMPLATES: readonly (readonly [text: string, shown: string])[] = [
  ['cat("loss=", x, "\\n", sep = "")', 'loss=‹x:unknown›\n'],
  ['cat("loss", x, "\\n")', 'loss ‹x:unknown› \n'],
  ['cat("a\\n", "b\\n")', 'a\n b\n'],
  ['cat("a", "b", fill = TRUE)', 'a b\n'],
  ['cat(0.5, 1e5, 3L, TRUE, NULL, -1, "\\n")', '0.5 ‹1e5:number› 3 TRUE ‹-1:unknown› \n'],
  ['cat("loss=", round(x / 3, 4), "\\n", sep = "")', 'loss=‹round(x / 3, 4):unknown›\n'],
  ['cat("n=", length(x), "\\n", sep = "")', 'n=‹length(x):unknown›\n'],
  ['cat("ok=", is.null(x), "\\n", sep = "")', 'ok=‹is.null(x):unknown›\n'],
  ['cat(r"(a\\b "c")", \'\\u00e9\', "\\x41\\101\\n")', 'a\\b "c" é AA\n'],
  ['cat("tab\\tquote\\"back\\\\slash\\n")', 'tab\tquote"back\\slash\n'],
  ['cat(paste("a", "b", sep = "-"), "\\n")', 'a-b \n'],
  ['cat(paste0("loss=", x, "%\\n"))', 'loss=‹x:unknown›%\n'],
  [
    'cat(sprintf("%s=%.2f %d%% %5.1f|%-6s|\\n", "loss", x, 3L, x, "ab"))',
    'loss=‹x:number› ‹3L:integer›% ‹x:number›|‹"ab":string›|\n',
  ],
  ['cat(sprintf("%2$s %1$s\\n", "a", "b"))', 'b a\n'],
  ['cat(sprintf("%*d\\n", 5L, 42L))', '‹42L:integer›\n'],
  ['cat(sprintf(fmt = "%e\\n", x))', '‹x:number›\n'],
  ['print("a \\"b\\" \\\\ c")', '[1] "a \\"b\\" \\\\ c"\n'],
  ['print("a\\nb")', '[1] "a\\nb"\n'],
  ['print(paste0("loss=", x))', '[1] "loss=‹x:unknown›"\n'],
  ['print(paste0("loss=", x), quote = FALSE)', '[1] loss=‹x:unknown›\n'],
  ['print(0.5)', '[1] 0.5\n'],
  ['print(x)', '‹x:unknown›\n'],
  ['print(c(loss = x))', '‹c(loss = x):unknown›\n'],
  ['x |> print()', '‹x:unknown›\n'],
  ['paste("loss=", "1", sep = "") |> cat("\\n")', 'loss=1 \n'],
  ['paste0("loss=", x)', '[1] "loss=‹x:unknown›"\n'],
  ['sprintf("loss=%g", x)', '[1] "loss=‹x:number›"\n'],
  ['"text"', '[1] "text"\n'],
  ['x', '‹x:unknown›\n'],
  ['m <- paste0("loss=", x)\nprint(m)', '[1] "loss=‹x:unknown›"\n'],
  ['m <- "loss="\nfor (i in 1:1) cat(m, x, "\\n", sep = "")', 'loss=‹x:unknown›\n'],
  ['m <- "a"\nm <- paste0(m, "b")\ncat(m, "\\n")', '‹m:unknown› \n'],
  ['f <- function(m = "a") cat(m, "\\n")\nf("b")', '‹m:unknown› \n'],
  ['message("loss=", x)', 'loss=‹x:unknown›\n'],
  ['message("a", "b", appendLF = FALSE)', 'ab'],
  ['writeLines(paste("loss", x, sep = "="))', 'loss=‹x:unknown›\n'],
  ['writeLines("a", sep = "")', 'a'],
  ['writeLines("loss=1", con = stderr())', 'loss=1\n'],
  ['write("a b", stdout())', 'a b\n'],
  ['cat("a", file = stderr())', 'a'],
  ['cat(as.character("a"), toupper("b"), "\\n")', 'a ‹toupper("b"):unknown› \n'],
  ['suppressWarnings(cat("a\\n"))', 'a\n'],
];

const HOLES = {
  integer: '\\s*-?\\d+',
  number: '\\s*-?(?:\\d[\\d.]*(?:e[-+]?\\d+)?)',
  percent: '.*',
  boolean: '(?:TRUE|FALSE)',
  none: 'NULL',
  string: '.*',
  unknown: '[\\s\\S]*',
} as const;

const lastOf = (text: string) => withDocument(text, (document) => document.statements().at(-1));

describe('what a statement writes', () => {
  test.each(TEMPLATES)('%s', (text, shown) => {
    expect(showTemplate(lastOf(text)?.template?.())).toBe(shown);
  });
});

test('is what R writes', async () => {
  // One start of R for all, each text between two marks in both streams.
  const mark = (index: number) => `cat("\\n@@${index}@@\\n"); cat("\\n@@${index}@@\\n", file = stderr())`;
  const script = TEMPLATES.map(([text], index) => `${mark(index)}\nx <- 0.5\n${text}\n`).join('');
  const ran = await runR(`${script}${mark(TEMPLATES.length)}\n`, 'templates');
  if (!ran) return;
  for (const [index, [text]] of TEMPLATES.entries()) {
    const statement = lastOf(text);
    const written = between(ran[statement?.stream ?? 'stdout'], index);
    const pattern = statement
      ?.template?.()
      .parts.map((part) =>
        part.kind === 'literal' ? part.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : HOLES[part.type],
      )
      .join('');
    expect(written, text).toMatch(new RegExp(`^${pattern}\\n?$`, 'u'));
  }
});

function between(stream: string, index: number): string {
  const from = stream.indexOf(`@@${index}@@\n`) + `@@${index}@@\n`.length;
  return stream.slice(from, stream.indexOf(`\n@@${index + 1}@@`, from - 1));
}
