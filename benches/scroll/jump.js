(part) => new Promise((done) => {
  const grid = document.querySelector("[data-testid=grid]");
  const start = performance.now();
  let rows = null;
  let pictures = null;
  const onLoad = (event) => {
    if (event.target.dataset?.testid === "picture") pictures = performance.now() - start;
  };
  grid.addEventListener("load", onLoad, true);
  grid.scrollTop = part * (grid.scrollHeight - grid.clientHeight);
  let moved = false;
  const frame = () => {
    const now = performance.now() - start;
    const all = [...grid.querySelectorAll("[data-row]")];
    moved ||= now > 30;
    if (rows === null && moved && all.every((row) => row.dataset.testid !== undefined)) rows = now;
    if (now < 900) requestAnimationFrame(frame);
    else {
      grid.removeEventListener("load", onLoad, true);
      done({ rows, pictures });
    }
  };
  requestAnimationFrame(frame);
})
