import type { Report } from '../report/check.ts';
import { createStack } from '../stack/stack.ts';
import { checkDeployPage } from './check-deploy-page.ts';
import { checkDifferences } from './check-differences.ts';
import { checkFixtureTrials } from './check-fixtures.ts';
import { checkPolicyTrials } from './check-policy-trials.ts';
import { checkScale } from './check-scale.ts';
import { checkOptimize, checkTune } from './check-sdk.ts';
import { checkSpecialTrials } from './check-special.ts';
import { startLab } from './lab.ts';

/** Experiments through all of Katib, from create to the observation. */
export async function checkTrials(report: Report): Promise<void> {
  const stack = createStack();
  try {
    const lab = await startLab(stack);
    if (lab === undefined) {
      const skipped = 'no database is installed: apt-get install mariadb-server';
      return report({ what: 'trials', against: 'Katib', found: '', wrong: [], skipped });
    }
    await checkTune(lab, report);
    await checkOptimize(lab, report);
    await checkDifferences(lab, report);
    await checkSpecialTrials(lab, report);
    await checkPolicyTrials(lab, report);
    await checkDeployPage(lab, report);
    await checkFixtureTrials(lab, report);
    // last, when everything is warm
    await checkScale(lab, report);
  } finally {
    await stack.stop();
  }
}
