import pc from 'picocolors';

/** Functions that colour a text, or leave it as it is. */
export type Colours = ReturnType<typeof pc.createColors>;

export type ColourChoice = 'auto' | 'always' | 'never';

/**
 * Colours for one output stream. `auto`: on a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`;
 * `FORCE_COLOR` (other than `0`) asks for them anywhere.
 */
export function chooseColours(
  choice: ColourChoice,
  isTerminal: boolean,
  env: Readonly<Record<string, string | undefined>>,
): Colours {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  const wanted = !NO_COLOR && FORCE_COLOR !== '0' && (forced || (isTerminal && TERM !== 'dumb'));
  return pc.createColors(choice === 'auto' ? wanted : choice === 'always');
}
