/*
 * Runs in each page before anything else of it, and notes what the page feels.
 * `watch` says when the launcher is to be looked for in each frame: that costs
 * time, and is left out where time is measured.
 */
export const probe = (launcher, watch) => `
  window.felt = { blocked: 0, shift: 0, memory: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) felt.blocked += Math.max(0, duration - 50);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) felt.shift += value;
  }).observe({ type: "layout-shift", buffered: true });
  addEventListener("saluda:ready", () => { felt.live = performance.now(); });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = (...words) => real(...words).then((made) => {
      const exported = Object.values((made.instance || made).exports);
      felt.memory.push(...exported.filter((one) => one instanceof WebAssembly.Memory));
      return made;
    });
  }
  felt.bytes = () => felt.memory.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  if (${watch}) {
    const look = () => {
      const there = ${launcher};
      if (!there) return requestAnimationFrame(look);
      // Painted by the time the next frame begins.
      requestAnimationFrame(() => { felt.launcher = performance.now(); });
    };
    requestAnimationFrame(look);
  }`;
