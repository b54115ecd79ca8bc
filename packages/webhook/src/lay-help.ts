import type { AddHelpTextContext, Help, HelpConfiguration } from 'commander';

/** Columns of help at most: longer lines are hard to read. */
const widest = 100;
/** Columns that a description needs beside its term; with fewer it stands below. */
const leastBeside = 30;
/** Indentation of what stands below its term or example. */
const below = ' '.repeat(6);
/** An example with a comment behind it. */
const commented = /^( *\S.*?) {3,}(\S.*)$/;
/** A word of a shell: what is quoted is not torn. */
const shellWord = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/** An output, as far as its width goes. */
interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Columns of an output: those of the terminal, else `COLUMNS`, else no limit. */
export function widthOfOutput(output: Output, env: Readonly<Record<string, string | undefined>>): number {
  if (output.isTTY) return Math.max(40, output.columns ?? 80);
  const columns = Number(env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? Math.max(40, columns) : Number.POSITIVE_INFINITY;
}

/** How commander lays out help for an output with so many columns: no line is wider, but for words that are. */
export function helpLayout(columns: number): HelpConfiguration {
  const width = Math.min(widest, columns);
  return {
    helpWidth: width,
    minWidthToWrap: 1,
    styleUsage(this: Help, usage) {
      const title = 'Usage: ';
      return this.boxWrap(usage, width - title.length).replaceAll('\n', `\n${' '.repeat(title.length)}`);
    },
    formatItem(term, termWidth, description, helper) {
      const beside = width - termWidth - 4;
      if (beside < leastBeside)
        return `${indented(helper, term, '  ')}\n${indented(helper, description, below)}`.trimEnd();
      const lines = helper.boxWrap(description, beside).replaceAll('\n', `\n${' '.repeat(termWidth + 4)}`);
      return `  ${term.padEnd(termWidth)}  ${lines}`.trimEnd();
    },
  };
}

/**
 * Text behind the options, for `addHelpText`: paragraphs are wrapped. An example (an indented line) that is too long gets
 * its comment below it, and its command on several lines.
 */
export function layHelp(text: string): (context: AddHelpTextContext) => string {
  return ({ command }) => {
    const helper = command.createHelp();
    const lay = (line: string) => (line.startsWith(' ') ? layExample(helper, line) : indented(helper, line));
    return joinParagraphs(text).map(lay).join('\n');
  };
}

/** The lines of a text, each paragraph being one. */
function joinParagraphs(text: string): readonly string[] {
  return text.replace(/(?<=[^\n:])\n(?=\S)/g, ' ').split('\n');
}

function layExample(helper: Help, line: string): string {
  const width = helper.helpWidth ?? widest;
  if (line.length <= width) return line;
  const [, command, comment] = commented.exec(line) ?? [];
  if (command !== undefined && comment !== undefined)
    return `${layExample(helper, command)}\n${indented(helper, comment, below)}`;
  const [first = '', ...words] = line.match(shellWord) ?? [];
  const lines = [`  ${first}`];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (`${longer} \\`.length > width) lines.push(below + word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(' \\\n');
}

/** A text that is wrapped, each line behind an indentation. */
function indented(helper: Help, text: string, indent = ''): string {
  const width = helper.helpWidth ?? widest;
  return helper.boxWrap(text, width - indent.length).replace(/^(?=.)/gm, indent);
}
