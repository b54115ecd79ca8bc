import { lastingFact } from '@katib-push/core';
import { importsOf } from '../names/imports.ts';
import { withoutPreludes } from '../syntax/own-prelude.ts';
import { type Script, textOf } from '../syntax/script.ts';

/** Modules that never configure the root logger, nor anybody's but their own. */
const QUIET = new Set(
  [
    '__future__ abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 calendar cmath codecs collections',
    'concurrent configparser contextlib copy csv ctypes dataclasses datetime decimal difflib enum errno faulthandler fcntl',
    'fractions functools gc getopt getpass glob gzip hashlib heapq html http inspect io itertools json linecache locale',
    'logging lzma math mimetypes multiprocessing numbers operator os pathlib pickle pkgutil platform pprint queue random re',
    'resource secrets select shlex shutil signal socket sqlite3 ssl stat statistics string struct subprocess sys tarfile',
    'tempfile textwrap threading time timeit traceback types typing unicodedata urllib uuid warnings weakref xml zipfile zlib',
    'PIL catboost click cv2 einops h5py joblib lightgbm loguru matplotlib networkx numba numpy pandas pyarrow requests scipy',
    'seaborn skimage sklearn statsmodels sympy torch torchaudio torchvision tqdm typing_extensions xgboost yaml',
  ].flatMap((line) => line.split(' ')),
);

/** Those of them that print by themselves, or run what is not seen. */
const TALKATIVE = new Set('catboost click lightgbm sklearn statsmodels xgboost'.split(' '));

/** What shows a text that no output statement writes. */
export const ASIDES =
  /\b(?:raise|assert|exit|quit|input|error|exception|getattr|displayhook|timeit|repeat|write_text|write_bytes|description|epilog|help|usage|\w*Error|\w*Exception)\b|\/dev\/(?:std|fd)|\/proc\//;

/** What changes the text of a log record. */
const RECORDS = /\baddFilter\b|\bsetLogRecordFactory\b|\bLoggerAdapter\b|\bclass[ \t]+\w+[^\n:]*Formatter\b/;

/** Whether what a script loads may print by itself: a module of its own, an unknown one, one that is known to. */
export function loadsTalkativeModules(script: Script): boolean {
  return (
    !loadsQuietModules(script) ||
    RECORDS.test(script.text) ||
    loadedPaths(script).some((path) => TALKATIVE.has(path.split('.', 1)[0] as string))
  );
}

/** Whether nothing that a script loads may configure how logs are shown: not a module of its own, nor an unknown one. */
export const loadsQuietModules = lastingFact((script: Script): boolean => {
  if (/\b(?:import_module|__import__|run_path|run_module|exec)\b/.test(withoutPreludes(script))) return false;
  return loadedPaths(script).every((path) => QUIET.has(path.split('.', 1)[0] as string));
});

/** What imports bring: `sys.stdout` of `from sys import stdout`, `fastai.vision.all` of `from fastai.vision.all import *`. */
export const loadedPaths = lastingFact((script: Script): readonly string[] => {
  const { paths, statements } = importsOf(script);
  const wildcards = statements.flatMap(
    (statement) => /^from[ \t]+([\w.]+)[ \t]+import[ \t]*\*/.exec(textOf(script, statement))?.[1] ?? [],
  );
  return [...paths.values(), ...wildcards];
});
