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
    return document.statements().at(-1)?.hidden;
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

  test('those of a logger that hands nothing on', () => {
    const base = lines`
      import logging
      logging.basicConfig(level=20)
      log = logging.getLogger("t")

    `;
    const keep = `${base}log.propagate = False\n`;
    const info = 'log.info("loss=1")';
    const cases: readonly (readonly [string, string | undefined])[] = [
      [`${keep}log.addHandler(${file})\n${info}`, 'its logger writes to a file alone'],
      [`${keep}h = ${file}\nlog.addHandler(h)\nlog.error("loss=1")`, 'its logger writes to a file alone'],
      [`${keep}${info}`, 'its logger has no handler'],
      [`${keep}log.error("loss=1")`, undefined],
      [`${base}log.addHandler(${file})\n${info}`, undefined],
      [`${keep}log.addHandler(${file})\nlog.addHandler(logging.StreamHandler())\n${info}`, undefined],
      [`${keep}log.propagate = True\n${info}`, undefined],
      [`${base}other = logging.getLogger("o")\nother.propagate = False\n${info}`, undefined],
      [`${keep}logging.info("loss=1")`, undefined],
      [`${keep}def show(to):\n    to.addHandler(logging.StreamHandler())\nshow(log)\n${info}`, undefined],
    ];
    for (const [text, why] of cases) {
      expect([text, hidden(text)]).toEqual([text, why]);
      expect([text, shows(text)]).toEqual([text, why === undefined]);
    }
  });

  test('those that logging.disable hides', () => {
    const text = lines`
      import logging
      logging.basicConfig(level=0)
      logging.disable(logging.WARNING)

    `;
    expect(hidden(`${text}logging.warning("loss=1")`)).toBe('logging.disable hides WARNING');
    expect(shows(`${text}logging.warning("loss=1")`)).toBe(false);
    expect(shows(`${text}logging.error("loss=1")`)).toBe(true);
    expect(hidden(`${text}logging.error("loss=1")`)).toBeUndefined();
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
