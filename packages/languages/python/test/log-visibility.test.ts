import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { createPython } from '../src/index.ts';

const python = await createPython();
const folder = mkdtempSync(join(tmpdir(), 'katib-push-logs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whether CPython shows a line with the metric. */
function shows(text: string): boolean {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', text], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return /loss=/.test(stdout + stderr.replace(/^\s*File .*\n.*/gm, ''));
}

/** Why the last statement of the text is hidden. */
function hidden(text: string, role: 'main' | 'module' = 'main'): string | undefined {
  const document = python.parse(text, { opaque: [], role });
  try {
    return document.statements().at(-1)?.hidden?.();
  } finally {
    document.dispose();
  }
}

const file = 'logging.FileHandler("t.log")';
const log = 'import logging\nlog = logging.getLogger("t")\n';
const notConfigured = 'logging is not configured: INFO is not shown';
const alone = 'logs go to a file alone';

describe('logs that are never shown', () => {
  test.each([
    ['import logging\nlogging.info("loss=1")', notConfigured],
    ['import logging as l\nl.getLogger(__name__).info("loss=1")', notConfigured],
    ['from logging import info\ninfo("loss=1")', notConfigured],
    ['import logging\nlogging.log(logging.INFO, "loss=1")', notConfigured],
    [`${log}log.debug("loss=1")`, 'logging is not configured: DEBUG is not shown'],
    [
      'import logging\nlogging.basicConfig()\nlogging.info("loss=1")',
      "INFO is not shown: logging's level is WARNING",
    ],
    [
      'import logging\nlogging.basicConfig(level="INFO")\nlogging.debug("loss=1")',
      "DEBUG is not shown: logging's level is INFO",
    ],
    [
      lines`
        import logging, sys
        LEVEL = logging.WARNING
        logging.basicConfig(level=LEVEL, stream=sys.stdout)
        logging.info("loss=1")
      `,
      "INFO is not shown: logging's level is WARNING",
    ],
    [`${log}log.setLevel(logging.INFO)\nlog.info("loss=1")`, 'no handler shows INFO'],
    [
      `${log}log.setLevel("INFO")\nlog.addHandler(logging.NullHandler())\nlog.info("loss=1")`,
      'no handler shows INFO',
    ],
    [`${log}log.setLevel(20)\nlog.addHandler(${file})\nlog.info("loss=1")`, alone],
    [
      'import logging\nlogging.basicConfig(filename="t.log", level=logging.INFO)\nlogging.info("loss=1")',
      alone,
    ],
    ['import logging\nlogging.basicConfig(filename="t.log")\nlogging.error("loss=1")', alone],
    [`import logging\nlogging.basicConfig(handlers=[${file}], level=10)\nlogging.info("loss=1")`, alone],
    [
      lines`
        import logging
        from logging.handlers import RotatingFileHandler
        log = logging.getLogger()
        log.setLevel(10)
        log.addHandler(RotatingFileHandler("t.log"))
        log.info("loss=1")
      `,
      alone,
    ],
    [
      lines`
        import logging.config
        CONFIG = {"version": 1, "handlers": {"f": {"class": "logging.FileHandler", "filename": "t.log"}}, "root": {"level": "INFO", "handlers": ["f"]}}
        logging.config.dictConfig(CONFIG)
        logging.info("loss=1")
      `,
      alone,
    ],
  ])('%s', (text, reason) => {
    expect(hidden(text)).toBe(reason);
    expect(shows(text)).toBe(false);
    expect(hidden(text, 'module')).toBeUndefined();
  });

  test.each([
    'import logging\nlogging.warning("loss=1")',
    `${log}log.error("loss=1")`,
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.info("loss=1")',
    'import logging\nlogging.basicConfig(level="DEBUG")\nlogging.debug("loss=1")',
    `import logging\nlogging.basicConfig(handlers=[${file}, logging.StreamHandler()], level=20)\nlogging.info("loss=1")`,
    `${log}log.setLevel(logging.INFO)\nlog.addHandler(logging.StreamHandler())\nlog.info("loss=1")`,
    lines`
      import logging
      logging.info("x")
      log = logging.getLogger("t")
      log.setLevel(20)
      log.info("loss=1")
    `,
    lines`
      import logging
      name = None
      logging.basicConfig(filename=name, level=20)
      logging.info("loss=1")
    `,
    lines`
      import logging
      logging.lastResort.setLevel(20)
      logging.getLogger().setLevel(20)
      logging.getLogger("t").info("loss=1")
    `,
    lines`
      import logging
      if False:
          logging.basicConfig(filename="t.log")
      logging.warning("loss=1")
    `,
    'import logging.config\nlogging.config.dictConfig({"version": 1, "handlers": {"f": {"class": "logging.StreamHandler"}}, "root": {"level": "INFO", "handlers": ["f"]}})\nlogging.info("loss=1")',
  ])('but not: %s', (text) => {
    expect(shows(text)).toBe(true);
    expect(hidden(text)).toBeUndefined();
  });

  // what others may configure, and what only the run tells
  test.each([
    'import logging, setup_logs\nlogging.info("loss=1")',
    'from hydra import main\nimport logging\nlogging.info("loss=1")',
    'from . import logs\nimport logging\nlogging.info("loss=1")',
    'import logging\nlogging.basicConfig(level=args.level)\nlogging.info("loss=1")',
    'import logging\nlogging.basicConfig(**options)\nlogging.info("loss=1")',
    'import logging.config\nlogging.config.fileConfig("logs.ini")\nlogging.info("loss=1")',
    lines`
      import logging
      class H(logging.FileHandler):
          pass
      logging.info("loss=1")
    `,
    'import logging\nlogging.root.level = 10\nlogging.info("loss=1")',
    lines`
      import logging
      if quiet:
          logging.disable()
      logging.error("loss=1")
    `,
    lines`
      import logging
      logging.disable()
      logging.disable(logging.NOTSET)
      logging.error("loss=1")
    `,
    'import logging\nlogging.disable(logging.INFO)\nlogging.error("loss=1")',
    'import logging\nlogger.disable()\nlogging.error("loss=1")',
    'import logging\nlogger.info("loss=1")',
    'import logging\nlogging.getLogger().addHandler(logging.FileHandler("/dev/stderr"))\nlogging.warning("loss=1")',
    lines`
      from loguru import logger
      logger.remove()
      logger.add(sys.stdout)
      logger.info("loss=1")
    `,
    'from loguru import logger\nlogger.info("loss=1")',
  ])('nor where it is not certain: %s', (text) => {
    expect(hidden(text)).toBeUndefined();
  });

  test('those of loguru, once its stream is removed', () => {
    const add = lines`
      from loguru import logger
      logger.remove()
      logger.add("t.log")
      logger.info("loss=1")
    `;
    expect(hidden(add)).toBe('loguru writes to a file alone');
    expect(hidden('from loguru import logger\nlogger.remove()\nlogger.info("loss=1")')).toBe(
      'loguru has no sink',
    );
  });
});

describe('no log is said to show that does not', () => {
  /** What is said of the last log: hidden, doubtful, or nothing, which claims that it shows. */
  function said(text: string): 'hidden' | 'doubtful' | 'shown' {
    const document = python.parse(text, { opaque: [], role: 'main' });
    const last = document.statements().at(-1);
    const answer = last?.hidden?.() ? 'hidden' : last?.doubtful?.() ? 'doubtful' : 'shown';
    document.dispose();
    return answer;
  }

  test.each([
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.getLogger().setLevel("ERROR")\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlog = logging.getLogger("t")\nlog.setLevel(logging.ERROR)\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig()\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(format="%(message)s")\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.WARNING)\nlogging.basicConfig(level=logging.INFO)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.info("start")\nlogging.basicConfig(level=logging.INFO)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.warning("start")\nlogging.basicConfig(level=logging.INFO)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.disable(logging.CRITICAL)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.disable(logging.INFO)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlog=logging.getLogger("t")\nlog.disabled = True\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlog=logging.getLogger("t")\nlog.propagate = False\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=20)\nlog = logging.getLogger("t")\nlog.propagate = False\nlog.addHandler(logging.FileHandler("t.log"))\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=20)\nlog = logging.getLogger("t")\nlog.propagate = False\nlog.addHandler(logging.NullHandler())\nlog.info("loss=0.5")\n',
    'import logging\nlog=logging.getLogger("t")\nlog.addHandler(logging.NullHandler())\nlog.setLevel(logging.INFO)\nlog.info("loss=0.5")\n',
    'import logging\nlog=logging.getLogger("t")\nlog.addHandler(logging.NullHandler())\nlog.warning("loss=0.5")\n',
    'import logging\nlog=logging.getLogger("t")\nlog.setLevel(logging.INFO)\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(filename="t.log", level=logging.INFO)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO, handlers=[logging.FileHandler("t.log")])\nlogging.info("loss=0.5")\n',
    'import logging\nroot = logging.getLogger()\nroot.setLevel(logging.INFO)\nroot.addHandler(logging.FileHandler("t.log"))\nlogging.info("loss=0.5")\n',
    'import logging\nlog = logging.getLogger("t")\nlog.setLevel(logging.INFO)\nfh = logging.FileHandler("t.log")\nlog.addHandler(fh)\nlog.info("loss=0.5")\n',
    'import logging, sys\nlog = logging.getLogger("t")\nlog.setLevel(logging.INFO)\nh = logging.StreamHandler(sys.stdout)\nh.setLevel(logging.ERROR)\nlog.addHandler(h)\nlog.info("loss=0.5")\n',
    'import logging, sys\nlog = logging.getLogger("t")\nh = logging.StreamHandler(sys.stdout)\nh.setLevel(logging.INFO)\nlog.addHandler(h)\nlog.info("loss=0.5")\n',
    'import logging.config\nlogging.config.dictConfig({"version":1,"handlers":{"f":{"class":"logging.FileHandler","filename":"t.log"}},"root":{"level":"INFO","handlers":["f"]}})\nimport logging\nlogging.info("loss=0.5")\n',
    'import logging, logging.config\nlogging.config.dictConfig({"version":1,"handlers":{"s":{"class":"logging.StreamHandler"}},"root":{"level":"WARNING","handlers":["s"]}})\nlogging.info("loss=0.5")\n',
    'import logging, logging.config\nlogging.config.dictConfig({"version":1,"handlers":{"s":{"class":"logging.StreamHandler","level":"ERROR"}},"root":{"level":"INFO","handlers":["s"]}})\nlogging.info("loss=0.5")\n',
    'import logging, logging.config\nlog=logging.getLogger("t")\nlogging.config.dictConfig({"version":1,"handlers":{"s":{"class":"logging.StreamHandler"}},"root":{"level":"INFO","handlers":["s"]}})\nlog.info("loss=0.5")\n',
    'import logging\nlogging.getLogger().setLevel(logging.INFO)\nlogging.getLogger("t").info("loss=0.5")\n',
    'import logging\nlogging.root.setLevel(logging.INFO)\nlogging.root.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=30)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nroot=logging.getLogger()\nroot.removeHandler(root.handlers[0])\nlogging.getLogger("t").info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.getLogger().handlers.clear()\nlogging.getLogger("t").info("loss=0.5")\n',
    'import logging, os\nlogging.basicConfig(level=logging.INFO, stream=open(os.devnull, "w"))\nlogging.info("loss=0.5")\n',
    'import logging, io\nlogging.basicConfig(level=logging.INFO, stream=io.StringIO())\nlogging.info("loss=0.5")\n',
    'import logging, logging.handlers\nlog=logging.getLogger("t")\nlog.setLevel(20)\nlog.addHandler(logging.handlers.MemoryHandler(10))\nlog.info("loss=0.5")\n',
    'import logging\nfrom logging.handlers import RotatingFileHandler\nlog=logging.getLogger("t")\nlog.setLevel(20)\nlog.addHandler(RotatingFileHandler("t.log"))\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlog=logging.getLogger("t")\nlog.addFilter(lambda r: False)\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.getLogger("a").setLevel(logging.ERROR)\nlogging.getLogger("a.b").info("loss=0.5")\n',
    'import logging\ndef setup():\n    logging.basicConfig(level=logging.INFO)\ndef main():\n    logging.info("loss=0.5")\nmain()\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogger = logging.getLogger(__name__)\nlogger.setLevel("WARNING")\nlogger.info("loss=0.5")\n',
    'import logging\nclass T:\n    def __init__(self):\n        self.logger = logging.getLogger("T")\n    def run(self):\n        self.logger.info("loss=0.5")\nT().run()\n',
    'import logging, logging.handlers, queue\nq=queue.Queue()\nlog=logging.getLogger("t")\nlog.setLevel(20)\nlog.addHandler(logging.handlers.QueueHandler(q))\nlog.info("loss=0.5")\n',
  ])('%s', (text) => {
    expect(shows(text)).toBe(false);
    expect(said(text)).not.toBe('shown');
  });

  test.each([
    'import logging\nlogging.basicConfig(level=logging.WARNING)\nlog = logging.getLogger("t")\nlog.setLevel(logging.INFO)\nlog.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.DEBUG, format="%(message)s")\nlogging.debug("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.WARNING)\nlogging.basicConfig(level=logging.INFO, force=True)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.disable(logging.DEBUG)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.disable(logging.CRITICAL)\nlogging.disable(logging.NOTSET)\nlogging.info("loss=0.5")\n',
    'import logging, sys\nlog=logging.getLogger("t")\nlog.setLevel(logging.INFO)\nlog.propagate = False\nlog.addHandler(logging.StreamHandler(sys.stdout))\nlog.info("loss=0.5")\n',
    'import logging\nlogging.getLogger("t").warning("loss=0.5")\n',
    'import logging, logging.config\nlogging.config.dictConfig({"version":1,"handlers":{"s":{"class":"logging.StreamHandler","stream":"ext://sys.stdout"}},"root":{"level":"INFO","handlers":["s"]}})\nlogging.info("loss=0.5")\n',
    'import logging, logging.config, io\nlogging.config.fileConfig(io.StringIO("[loggers]\\nkeys=root\\n[handlers]\\nkeys=h\\n[formatters]\\nkeys=\\n[logger_root]\\nlevel=INFO\\nhandlers=h\\n[handler_h]\\nclass=StreamHandler\\nargs=()\\n"))\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.getLogger().setLevel(logging.INFO)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=20)\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=getattr(logging, "INFO"))\nlogging.info("loss=0.5")\n',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.info("loss=0.5")\nlogging.getLogger().setLevel("ERROR")\n',
    'import logging\nlogging.basicConfig(level=logging.ERROR)\nlogging.getLogger().setLevel(logging.INFO)\nlogging.info("loss=0.5")\n',
    'import logging\ndef setup():\n    logging.basicConfig(level=logging.INFO)\ndef main():\n    setup()\n    logging.info("loss=0.5")\nmain()\n',
    'import logging, sys\nlogging.basicConfig(level=logging.INFO)\nif len(sys.argv) > 5:\n    logging.disable()\nlogging.info("loss=0.5")\n',
  ])('%s, which shows', (text) => {
    expect(shows(text)).toBe(true);
    expect(said(text)).not.toBe('hidden');
  });

  test.each([
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.info("loss=1")',
    'import logging, sys\nlogging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")\nlog = logging.getLogger(__name__)\nlog.info("loss=1")',
    'import logging, sys\nlog = logging.getLogger("t")\nlog.setLevel(logging.INFO)\nlog.addHandler(logging.StreamHandler(sys.stdout))\nlog.info("loss=1")',
    'import logging\nlogging.basicConfig(level=logging.INFO, handlers=[logging.FileHandler("t.log"), logging.StreamHandler()])\nlogging.info("loss=1")',
    'import logging\nlogging.getLogger("matplotlib").setLevel(logging.ERROR)\nlogging.basicConfig(level=logging.INFO)\nlogging.info("loss=1")',
    'import logging\ndef setup():\n    logging.basicConfig(level=20)\ndef main():\n    setup()\n    logging.info("loss=1")\nmain()',
    'import logging, logging.config\nlogging.config.dictConfig({"version": 1, "handlers": {"s": {"class": "logging.StreamHandler"}}, "root": {"level": "INFO", "handlers": ["s"]}})\nlogging.info("loss=1")',
    'import logging\nlogging.warning("loss=1")',
    'import logging\nlogging.root.setLevel(20)\nlogging.root.addHandler(logging.StreamHandler())\nlogging.info("loss=1")',
  ])('%s, which shows for certain', (text) => {
    expect(shows(text)).toBe(true);
    expect(said(text)).toBe('shown');
  });

  test.each([
    ['from loguru import logger\nlogger.info("loss=1")', 'shown'],
    [
      'import sys\nfrom loguru import logger\nlogger.remove()\nlogger.add(sys.stdout, level="INFO")\nlogger.info("loss=1")',
      'shown',
    ],
    [
      'import sys\nfrom loguru import logger\nlogger.remove()\nlogger.add(sys.stderr, level="ERROR")\nlogger.info("loss=1")',
      'doubtful',
    ],
    ['from loguru import logger\nlogger.trace("loss=1")', 'doubtful'],
    ['from absl import logging\nlogging.info("loss=1")', 'doubtful'],
    ['from absl import logging\nlogging.warning("loss=1")', 'shown'],
    ['from absl import logging\nlogging.set_verbosity(logging.INFO)\nlogging.info("loss=1")', 'shown'],
    ['from absl import logging\nlogging.set_verbosity(logging.ERROR)\nlogging.warning("loss=1")', 'doubtful'],
    ['import tensorflow as tf\ntf.get_logger().info("loss=1")', 'doubtful'],
    ['import tensorflow as tf\ntf.get_logger().setLevel("INFO")\ntf.get_logger().info("loss=1")', 'shown'],
    ['import structlog\nlog = structlog.get_logger()\nlog.info("loss=1")', 'shown'],
    [
      'import structlog, logging\nstructlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))\nlog = structlog.get_logger()\nlog.info("loss=1")',
      'doubtful',
    ],
    ['import warnings\nwarnings.simplefilter("ignore")\nwarnings.warn("loss=1")', 'doubtful'],
    ['class Recorder:\n    def info(self, text): pass\nRecorder().info("loss=1")', 'doubtful'],
    ['class Log(logging.Logger): pass\nlog = Log("a")\nlog.error("loss=1")', 'shown'],
  ])('%s: %s', (text, answer) => {
    expect(said(text)).toBe(answer);
  });

  test.each([
    ['print("loss=1")', 'shown'],
    ['def print(*values): pass\nprint("loss=1")', 'doubtful'],
    ['def f(print): print("loss=1")', 'doubtful'],
    ['import functools\nprint = functools.partial(print, flush=True)\nprint("loss=1")', 'shown'],
    ['class Meter:\n    def print(self, text): pass\nmeter = Meter()\nmeter.print("loss=1")', 'doubtful'],
    ['from accelerate import Accelerator\naccelerator = Accelerator()\naccelerator.print("loss=1")', 'shown'],
    ['import sys, os\nsys.stdout = open(os.devnull, "w")\nprint("loss=1")', 'doubtful'],
    ['import sys, os\nsys.stdout = open(os.devnull, "w")\nprint("loss=1", file=sys.stderr)', 'shown'],
    ['import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, "utf-8")\nprint("loss=1")', 'shown'],
    ['import sys\nif sys.stdout == None: pass\nprint("loss=1")', 'shown'],
    [
      'import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    print("loss=1")',
      'doubtful',
    ],
    ['import contextlib, sys\nwith contextlib.redirect_stdout(sys.stderr):\n    print("loss=1")', 'shown'],
  ])('print, %s: %s', (text, answer) => {
    expect(said(text)).toBe(answer);
  });
});
