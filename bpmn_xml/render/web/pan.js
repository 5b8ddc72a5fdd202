// Zooming and panning: the drawing stays as it is, only what is shown of it changes.
"use strict";
const view = (() => {
  const stage = document.getElementById("stage");
  const wholes = new Map([...stage.querySelectorAll(":scope > svg")].map((svg) => {
    const { x, y, width, height } = svg.viewBox.baseVal;
    return [svg, { x, y, width, height }];
  }));
  const first = stage.querySelector("svg");
  let drawing = first, all = wholes.get(first);
  const shown = { ...all };
  const fingers = new Map();

  function show() {
    drawing.setAttribute("viewBox", `${shown.x} ${shown.y} ${shown.width} ${shown.height}`);
  }

  // The point of the drawing under a place of the screen.
  function at(x, y) {
    return new DOMPoint(x, y).matrixTransform(drawing.getScreenCTM().inverse());
  }

  // Zoom by a factor, with one point of the drawing held where it is.
  function zoom(factor, held) {
    const width = Math.min(Math.max(shown.width / factor, all.width / 60), all.width * 4);
    const by = shown.width / width;
    const fixed = held || { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
    shown.x = fixed.x - (fixed.x - shown.x) / by;
    shown.y = fixed.y - (fixed.y - shown.y) / by;
    shown.width /= by;
    shown.height /= by;
    show();
  }

  function move(dx, dy) {
    shown.x += dx;
    shown.y += dy;
    show();
  }

  // Show all of it, a small drawing at twice its size at most.
  function fit() {
    const width = Math.max(all.width, stage.clientWidth / 2), height = Math.max(all.height, stage.clientHeight / 2);
    Object.assign(shown, {
      x: all.x - (width - all.width) / 2, y: all.y - (height - all.height) / 2, width, height,
    });
    show();
  }

  function look(other) {
    drawing = other;
    all = wholes.get(other);
    fit();
  }

  function apart() {
    const [one, two] = [...fingers.values()];
    return two ? Math.hypot(one.x - two.x, one.y - two.y) : 0;
  }

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), at(event.clientX, event.clientY));
  }, { passive: false });

  stage.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    stage.classList.add("moving");
  });
  window.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const before = apart(), from = at(finger.x, finger.y), to = at(event.clientX, event.clientY);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (before) zoom(apart() / before, to);
    else move(from.x - to.x, from.y - to.y);
  });
  for (const ending of ["pointerup", "pointercancel"]) {
    window.addEventListener(ending, (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) stage.classList.remove("moving");
    });
  }

  const actions = { in: () => zoom(1.25), out: () => zoom(0.8), fit };
  for (const [name, action] of Object.entries(actions)) {
    document.getElementById(`zoom-${name}`).addEventListener("click", action);
  }
  const keys = {
    "+": actions.in, "=": actions.in, "-": actions.out, "0": fit,
    ArrowLeft: () => move(-shown.width / 10, 0), ArrowRight: () => move(shown.width / 10, 0),
    ArrowUp: () => move(0, -shown.height / 10), ArrowDown: () => move(0, shown.height / 10),
  };
  stage.addEventListener("keydown", (event) => {
    const action = keys[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  fit();
  return { drawing: first, stage, look };
})();
