(step, lasts) => new Promise((done) => {
  const grid = document.querySelector("[data-testid=grid]");
  const head = 30;
  const isBlank = () => {
    const rows = grid.querySelectorAll("[data-row]");
    const { top, bottom } = grid.getBoundingClientRect();
    const covered =
      rows.length > 0 &&
      rows[0].getBoundingClientRect().top <= top + head + 1 &&
      rows[rows.length - 1].getBoundingClientRect().bottom >= bottom - 1;
    if (!covered) return true;
    for (const row of rows) {
      if (row.dataset.testid !== undefined) continue;
      const box = row.getBoundingClientRect();
      if (box.bottom > top + head && box.top < bottom) return true;
    }
    return false;
  };
  const gaps = [];
  let blank = 0;
  const start = performance.now();
  let last = start;
  const frame = (now) => {
    gaps.push(now - last);
    last = now;
    if (isBlank()) blank += 1;
    grid.dispatchEvent(new WheelEvent("wheel", { deltaY: step, cancelable: true, bubbles: true }));
    if (now - start < lasts) requestAnimationFrame(frame);
    else done({ gaps: gaps.slice(1), blank });
  };
  requestAnimationFrame(frame);
})
