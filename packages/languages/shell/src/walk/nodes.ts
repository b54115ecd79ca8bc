import type { AndOr, CommandNode, CompoundList, Pipeline, PipelineNode, Script, Statement } from 'unbash';

/** Every kind of node that is run. */
export type Node = CommandNode | Pipeline | AndOr | CompoundList;

export type { CompoundList, PipelineNode, Script, Statement };
