// Draws the curves of a report. It stands in the page behind uPlot, which is a global there.
const metrics = JSON.parse(document.getElementById('curves').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const height = 240;

/** The look of each way: what is pulled lies below, broad and pale; what is pushed on it. */
const looks = {
  pulled: { label: 'pulled', width: 7, stroke: () => (dark.matches ? '#6b4a8f' : '#d9c2f0') },
  pushed: { label: 'pushed', width: 2, stroke: () => (dark.matches ? '#7db0ff' : '#1d5fd1') },
};

const charts = [...document.querySelectorAll('.chart')].map((target) => {
  const curves = metrics[Number(target.dataset.metric)];
  const ways = ['pulled', 'pushed'].filter((way) => curves[way]);
  const rows = Math.max(...ways.map((way) => curves[way].length));
  const axis = {
    stroke: () => (dark.matches ? '#9aa4b2' : '#5a6370'),
    grid: { stroke: () => (dark.matches ? '#2c323a' : '#e4e7eb'), width: 1 },
    ticks: { show: false },
  };
  const series = ways.map((way) => ({ ...looks[way], points: { show: rows < 60, fill: () => (dark.matches ? '#1b1f24' : '#ffffff') } }));
  const data = [
    Array.from({ length: rows }, (_, row) => row + 1),
    ...ways.map((way) => Array.from({ length: rows }, (_, row) => curves[way][row] ?? null)),
  ];
  const options = {
    width: target.clientWidth,
    height,
    scales: { x: { time: false } },
    series: [{ label: 'row' }, ...series],
    axes: [
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000, 100000] },
      { ...axis, size: 64 },
    ],
  };
  return { target, chart: new uPlot(options, data, target) };
});

const resize = () => {
  for (const { target, chart } of charts) chart.setSize({ width: target.clientWidth, height });
};
addEventListener('resize', resize);
dark.addEventListener('change', () => {
  for (const { chart } of charts) chart.redraw();
});
