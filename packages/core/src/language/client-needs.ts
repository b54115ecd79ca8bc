/** What one trial needs of a push client beside what every trial needs. What it doesn't need is not delivered to it. */
export interface ClientNeeds {
  /** `metricsFormat` is given: lines are read with the user's expressions instead of Katib's default filter. */
  readonly customFilters: boolean;
  /** The DB manager is reached by TLS (`https://` in front of its address), or that can't be known. */
  readonly tls: boolean;
  /** What is pushed is not printed (`output: drop`). */
  readonly dropsOutput: boolean;
}

/** The whole client: for whoever doesn't know the trial. */
export const everyNeed: ClientNeeds = { customFilters: true, tls: true, dropsOutput: true };

/** What every trial needs, and no more. */
export const usualNeeds: ClientNeeds = { customFilters: false, tls: false, dropsOutput: false };
