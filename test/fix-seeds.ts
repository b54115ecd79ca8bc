import fc from 'fast-check';

/*
 * The same values in every run, so that a change is to blame for a failure. KATIB_PUSH_SEED is another seed, or `random`;
 * long runs (`KATIB_PUSH_SOAK=1`) draw their own: what they find becomes a case.
 */
const { KATIB_PUSH_SEED: given, KATIB_PUSH_SOAK: soak } = process.env;
if (given !== 'random' && !(soak && given === undefined))
  fc.configureGlobal({ seed: Number(given ?? 20_260) });
