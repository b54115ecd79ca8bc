export type { Answer, ConnectOptions, DbManagerConnection } from './connect.ts';
export { connectDbManager } from './connect.ts';
export type { DbManager, DbManagerOptions } from './db-manager.ts';
export { startDbManager } from './db-manager.ts';
export type { DbManagerErrorCode } from './db-manager-error.ts';
export { DbManagerError } from './db-manager-error.ts';
export type { Observation, ObservationFilter, Report, ReportedRow, RequestCounts } from './observation.ts';
