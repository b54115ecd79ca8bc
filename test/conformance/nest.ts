import {
  type Language,
  outermostLayer,
  type Program,
  rewritePrograms,
  unwrapContainer,
} from '@katib-push/core';
import { createShell } from '@katib-push/shell';
import { forKubelet, type Host } from './hosts.ts';
import type { Subject } from './language-tests.ts';
import { filtersOf, type Wanted } from './rewrite-text.ts';

const shell = createShell();

/** The text of a language as the container of a host runs it; `undefined` where this host doesn't take the text. */
export interface Nested {
  /** The container's words as the manifest holds them. */
  readonly words: readonly string[];
  /** The texts that these words run, or those that other words in their place would; in the order of the report. */
  programs(replaced?: ReadonlyMap<string, string>): readonly Extract<Program, { kind: 'text' }>[];
  rewrite(wanted: Wanted): ReturnType<typeof rewritePrograms>;
}

export function nest(text: string, host: Host, subject: Subject): Nested | undefined {
  const { language } = subject;
  const bare = host.nest(text, subject);
  if (!bare) return undefined;
  const words = forKubelet(bare, host);
  const languages: readonly Language[] = language.host ? [language] : [shell, language];
  const unwrap = (replaced: ReadonlyMap<string, string>) =>
    unwrapContainer(
      {
        command: words.map((word, index) =>
          outermostLayer(replaced.get(`/${index}`) ?? word, `word ${index}`, `/${index}`),
        ),
        args: [],
      },
      { environmentNames: new Set(), languages },
    );
  return {
    words,
    programs: (replaced = new Map()) =>
      unwrap(replaced).filter(
        (program): program is Extract<Program, { kind: 'text' }> => program.kind === 'text',
      ),
    rewrite: (wanted) =>
      rewritePrograms(unwrap, { filters: filtersOf(wanted), coverage: wanted.coverage, languages }),
  };
}
