'use strict';

/**
 * Reads the environment.
 *
 * @param overrides {config, trial, address, streams}, where the environment does not say
 * @param always whether metrics may be reported by name, so that names to look for are not needed
 * @returns {setup, config, streams, exitMs, failsOnLoss}; absent where there is nothing to push, which `debug` is told
 * @throws where the configuration is no JSON, or a filter no expression
 */
function readSettings(parts, overrides, always, debug) {
  const EXIT_MS = 30000;
  const LONGEST_EXIT_MS = 2e9;
  const ADDRESS = 'katib-db-manager.kubeflow:6789';
  const { env } = process;
  const config = overrides.config || JSON.parse(env.KATIB_PUSH_CONFIG || '{}');
  const names = Array.from(new Set((config.metrics || []).map(String)));
  const trial = env.KATIB_TRIAL_NAME || env.KATIB_PUSH_TRIAL_NAME || overrides.trial;
  const trainer = !trial && parts.readTrainer ? parts.readTrainer(env) : undefined;

  const differ = (one, two) => one && two != null && String(one) !== String(two);
  // a rank that can't be told apart pushes
  const isOther =
    differ(env.JOB_COMPLETION_INDEX, config.completionIndex) ||
    differ(env.KATIB_PUSH_RANK, parts.rankOf(env));
  const reason =
    (!(trial || trainer) && 'no trial is named') ||
    (!(names.length || always) && 'no metrics are wanted') ||
    (isOther && 'another process of the trial does it');
  if (reason) {
    debug(`nothing is pushed: ${reason}`);
    return undefined;
  }

  const patterns = config.filters || null;
  // throws here, not in the worker
  if (patterns) for (const pattern of patterns) RegExp(pattern, 'gu');
  const spillName = `katib-push-${String(trial).replace(/[^\w.-]/g, '_')}.jsonl`;
  const spillPath = env.KATIB_PUSH_SPILL || `${env.TMPDIR || '/tmp'}/${spillName}`;
  const absolute = spillPath[0] === '/' ? spillPath : `${process.cwd()}/${spillPath}`;
  const seconds = env.KATIB_PUSH_FLUSH_TIMEOUT;
  return {
    config,
    streams: names.length ? overrides.streams || ['stdout', 'stderr'] : [],
    exitMs: seconds && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_EXIT_MS) : EXIT_MS,
    failsOnLoss: env.KATIB_PUSH_ON_FAILURE === 'fail',
    setup: {
      names,
      patterns,
      trial: trial || '',
      trainer,
      address: trainer ? trainer.address : env.KATIB_DB_MANAGER_ADDRESS || overrides.address || ADDRESS,
      authorities: env.KATIB_PUSH_CA_CERT,
      path: trainer || spillPath === 'off' ? undefined : absolute,
      pushesNonFinite: env.KATIB_PUSH_NON_FINITE === 'push',
    },
  };
}

module.exports = { readSettings };
