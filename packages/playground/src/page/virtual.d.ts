declare module 'virtual:examples' {
  /** The chosen cases of the fixtures. */
  export const examples: readonly import('../../build/examples.ts').Example[];
}
