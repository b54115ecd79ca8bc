export type { Answer, ConnectOptions, DbManagerConnection } from './connect.ts';
export { connectDbManager } from './connect.ts';
export type { DbManager, DbManagerOptions } from './db-manager.ts';
export { startDbManager } from './db-manager.ts';
export type { DbManagerErrorCode } from './errors.ts';
export { DbManagerError } from './errors.ts';
export type { Observation, ObservationFilter, Report, ReportedRow, RequestCounts } from './observation.ts';
