export { type Catalogue, type Severity, scriptCatalogue } from './diagnostics/catalogue.ts';
export {
  type Diagnose,
  type Diagnostic,
  diagnose,
  diagnoseBy,
  type Place,
  type ScriptCode,
} from './diagnostics/diagnostic.ts';
export { nearMatch } from './diagnostics/near-match.ts';
export { type Edit, sortEdits, splice } from './edits/edit.ts';
export { mapPositions, moveRanges, type PositionMap } from './edits/position-map.ts';
export { boundClientNames, chooseClientName } from './language/client-name.ts';
export { type ClientNeeds, everyNeed, usualNeeds } from './language/client-needs.ts';
export { findUnsuppressed } from './language/find-unsuppressed.ts';
export type {
  Delivery,
  EditedDocument,
  Escape,
  Host,
  Interpreter,
  InterpreterCall,
  Language,
  NearMiss,
  OutputStatement,
  ParseOptions,
  Prelude,
  PreludeOptions,
  Program,
  ProgramOutput,
  PushClient,
  StreamFate,
  SureCommand,
  SyntaxDocument,
  SyntaxProblem,
  TextProgram,
  UnreadableOutput,
  Unwrap,
  UnwrapContext,
} from './language/language.ts';
export { occurrencesOf, occursSuchThat } from './language/occurrences.ts';
export { type Facts, fact, lastingFact, loadedOnce, once } from './language/once.ts';
export {
  brokenDocument,
  emptyDocument,
  findBinary,
  nothingFound,
  shownLine,
  withoutEdits,
} from './language/plain-document.ts';
export { describeSink, type Sink, type SinkFamily } from './language/sink.ts';
export {
  type CommentSyntax,
  gatherSuppressions,
  type Suppression,
  type Suppressions,
} from './language/suppressions.ts';
export { takes, type Wrapper } from './language/wrapper.ts';
export { countWhile } from './layers/count-while.ts';
export {
  type Encoding,
  identity,
  type Layer,
  type LayerBuilder,
  layerPath,
  layerWithin,
  outermostLayer,
  outermostOf,
  type Segment,
} from './layers/layer.ts';
export { endBefore, type Lines, splitLines } from './layers/lines.ts';
export { contains, overlaps, type Range, stretchesOf } from './layers/range.ts';
export { standInFor } from './layers/stand-in.ts';
export { compileExpression } from './match/filters/compile-expression.ts';
export { findGoMatches, type GoMatch, type LineMatch } from './match/filters/find-go-matches.ts';
export { compileFilters, defaultFilter, type Filters } from './match/filters.ts';
export type { Coverage, Judgement } from './match/judge.ts';
export type { StatementMetric, Verdict } from './match/match-template.ts';
export { readLine } from './match/read-line.ts';
export type { ScriptPlan } from './plan/plan-script.ts';
export type { LeftBehind } from './policy/left-behind.ts';
export type { FormatAdvice, FormatProposal, ProposedRow, UnreadMetric } from './propose/advice.ts';
export { adviseOnLines, type LinesAdvice } from './propose/advise-on-lines.ts';
export { proposeFormats } from './propose/propose-formats.ts';
export { findUnread } from './report/diagnose-formats.ts';
export type {
  FormatReport,
  FormatsReport,
  MetricReport,
  ScriptReport,
  ScriptsReport,
  StatementReport,
  UnreadReport,
} from './report/report.ts';
export { type RewriteOptions, type Rewritten, rewritePrograms } from './rewrite.ts';
export { followValues } from './templates/follow.ts';
export { isNumeric, joinTypes, type KnownType } from './templates/known-type.ts';
export {
  concatenate,
  hole,
  holeNamed,
  isOpaque,
  joinWith,
  knownText,
  literal,
  type Source,
  sourceOf,
} from './templates/parts.ts';
export type { Hole, HoleType, Literal, Template, TemplatePart } from './templates/template.ts';
export { argvLayer } from './unwrap/argv-layer.ts';
export { baseName, findInterpreter, languageOfFile } from './unwrap/find-interpreter.ts';
export { type FollowContext, followCommand } from './unwrap/follow-command.ts';
export type { Followed, ProgramSource } from './unwrap/followed.ts';
export type { TrialNamePlaceholder } from './unwrap/kubelet-encoding.ts';
export { lookThrough } from './unwrap/look-through.ts';
export { readShebang } from './unwrap/shebang.ts';
export {
  type ContainerCommand,
  type ContainerContext,
  containerOutput,
  unwrapContainer,
} from './unwrap/unwrap-container.ts';
export { wrappers } from './unwrap/wrapper-table.ts';
