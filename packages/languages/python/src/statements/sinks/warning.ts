import { concatenate, fact, holeNamed, literal } from '@katib-push/core';
import type { Script } from '../../syntax/script.ts';
import { renderText } from '../../templates/render.ts';
import type { SinkFamily } from '../sink.ts';

const isFiltered = fact(({ text }: Script) =>
  /\b(?:simplefilter|filterwarnings|catch_warnings|captureWarnings)\b/.test(text),
);

/** `warnings.warn`: the text on stderr, behind the place and the category. A filter may hide it, or show it once only. */
export const warning: SinkFamily = {
  names: ['warn', 'warn_explicit'],
  recognize({ script, path, word }) {
    if (path === undefined || !/^warnings\.warn(?:_explicit)?$/.test(path)) return undefined;
    return {
      sink: path,
      kind: 'log',
      stream: 'stderr',
      doubtful: () => (isFiltered(script) ? 'a filter of warnings is set' : undefined),
      asValue: true,
      render: ({ positional, keywords }) => {
        const message = positional[0] ?? keywords.get('message');
        return concatenate(message ? renderText(script, message) : holeNamed(word), literal('\n'));
      },
    };
  },
};
