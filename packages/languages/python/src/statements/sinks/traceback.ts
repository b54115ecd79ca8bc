import { concatenate, holeNamed, literal } from '@katib-push/core';
import type { SinkFamily } from '../sink.ts';
import { writesToFile } from './print.ts';

/** The module `traceback` prints exceptions, whose text may hold a metric. To stderr, unless `file=` says otherwise. */
export const traceback: SinkFamily = {
  names: ['print_exc', 'print_exception', 'print_last'],
  recognize(mention) {
    const { path, written } = mention;
    if (path === undefined || !/^traceback\.print_/.test(path) || writesToFile(mention)) return undefined;
    return {
      sink: path,
      kind: 'print',
      ...(written !== undefined && !/\bfile\b|\*|,/.test(written) ? { stream: 'stderr' as const } : {}),
      asValue: true,
      render: () => concatenate(literal('Traceback '), holeNamed('the exception'), literal('\n')),
    };
  },
};
