declare module 'asciichart' {
  interface PlotOptions {
    /** Rows between the least and the greatest value. */
    readonly height?: number;
    /** The label of a row. */
    readonly format?: (value: number) => string;
  }
  const asciichart: {
    /** Draws one series: a column per value. */
    readonly plot: (series: readonly number[], options?: PlotOptions) => string;
  };
  export default asciichart;
}
