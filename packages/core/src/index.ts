export { catalogue } from './diagnostics/catalogue.ts';
export { diagnose } from './diagnostics/diagnose.ts';
export type { Diagnostic, DiagnosticCode, Severity } from './diagnostics/diagnostic.ts';
export type {
  Delivery,
  Host,
  Interpreter,
  Language,
  OutputStatement,
  ParseOptions,
  Prelude,
  PreludeOptions,
  Program,
  ProgramOutput,
  PushClient,
  StreamFate,
  SyntaxDocument,
  SyntaxProblem,
  UnreadableOutput,
  UnwrapContext,
} from './language/language.ts';
export { type Encoding, identity } from './layers/encoding.ts';
export {
  type Layer,
  type LayerBuilder,
  layerPath,
  layerWithin,
  outermostLayer,
  outermostOf,
  type Segment,
} from './layers/layer.ts';
export { contains, overlaps, type Range } from './layers/range.ts';
export { standInFor } from './layers/stand-in.ts';
export type { Edit, Safety } from './plan/edit.ts';
export type {
  MetricReport,
  ScriptReport,
  ScriptsReport,
  StatementMetric,
  StatementReport,
  Verdict,
} from './report/report.ts';
export type { Hole, HoleType, Literal, Template, TemplatePart } from './templates/template.ts';
