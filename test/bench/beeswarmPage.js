// Bundled by figures/beeswarm.ts: draws the same marks by our canvas and by recharts, and tells how long each took.
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import Beeswarm from '../../plugins/modelport/src/charts/Beeswarm';

const ROWS = 5_000;
const FEATURES = 30;
const WIDTH = 1_200;

const rows = Array.from({ length: FEATURES }, (_feature, feature) => {
  // Pseudo-random, the same for both.
  let state = feature + 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const values = Array.from(
    { length: ROWS },
    () => ((random() + random() + random() - 1.5) * 4) / (feature + 1),
  );
  return {
    label: `feature ${feature}`,
    values,
    colours: values.map(() => random()),
  };
});

const colours = {
  low: '#1565c0',
  high: '#d84315',
  none: '#757575',
  text: '#333333',
  line: '#cccccc',
  font: 'sans-serif',
};

function ours() {
  return createElement(Beeswarm, {
    rows,
    colours,
    xLabel: 'contribution',
    summary: 'All marks',
    format: String,
  });
}

function theirs() {
  return createElement(
    ScatterChart,
    { width: WIDTH, height: FEATURES * 30 + 34 },
    createElement(XAxis, { type: 'number', dataKey: 'x' }),
    createElement(YAxis, { type: 'number', dataKey: 'y' }),
    ...rows.map((row, place) =>
      createElement(Scatter, {
        key: row.label,
        isAnimationActive: false,
        fill: colours.low,
        data: row.values.map(x => ({ x, y: place })),
      }),
    ),
  );
}

/** Milliseconds until the marks stand there, and the longest task on the way. */
window.draw = async which => {
  const longest = { value: 0 };
  const observer = new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      longest.value = Math.max(longest.value, entry.duration);
    }
  });
  observer.observe({ entryTypes: ['longtask'] });
  const box = document.createElement('div');
  box.style.width = `${WIDTH}px`;
  document.body.replaceChildren(box);
  const begun = performance.now();
  createRoot(box).render(which === 'ours' ? ours() : theirs());
  const stands = () =>
    which === 'ours'
      ? box.querySelector('canvas')?.width > 1_000
      : box.querySelectorAll('.recharts-scatter-symbol').length ===
        ROWS * FEATURES;
  while (!stands()) {
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
  await new Promise(resolve =>
    requestAnimationFrame(() => setTimeout(resolve)),
  );
  const milliseconds = performance.now() - begun;
  // Long tasks are told of a moment later.
  await new Promise(resolve => setTimeout(resolve, 100));
  observer.disconnect();
  return { milliseconds, longest: longest.value };
};
