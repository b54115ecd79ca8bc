import { existsSync } from 'node:fs';

/** A Chromium of this machine; `CHROMIUM` names another one. Undefined where there is none: tests in it are skipped. */
export const chromiumPath = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== '' && existsSync(path));
