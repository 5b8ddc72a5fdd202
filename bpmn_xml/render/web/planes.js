// Several drawings on a page: one is shown; a sub-process that has its own leads to it.
(() => {
  const drawings = [...view.stage.querySelectorAll(":scope > svg")];
  const links = [...document.querySelectorAll("#planes a")];
  const inside = new Map(drawings.map((drawing, number) => [drawing.dataset.element, number]));

  function shown() {
    const wanted = location.hash.match(/^#plane=(\d+)$/);
    const number = wanted && drawings[wanted[1] - 1] ? wanted[1] - 1 : 0;
    drawings.forEach((drawing, other) => drawing.classList.toggle("away", other !== number));
    links.forEach((link, other) => {
      if (other === number) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    view.look(drawings[number]);
  }

  function leads(group, number) {
    const go = () => { location.hash = `plane=${number + 1}`; };
    let from = null;
    group.classList.add("leads");
    group.setAttribute("tabindex", "0");
    group.setAttribute("role", "link");
    group.addEventListener("pointerdown", (event) => { from = event; });
    group.addEventListener("click", (event) => {
      const moved = from ? Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) : 0;
      if (moved < 4) go();
    });
    group.addEventListener("keydown", (event) => { if (event.key === "Enter") go(); });
  }

  drawings.forEach((drawing, own) => {
    for (const group of drawing.querySelectorAll(".figures > g")) {
      const number = inside.get(group.dataset.element || group.id);
      if (number !== undefined && number !== own) leads(group, number);
    }
  });
  window.addEventListener("hashchange", shown);
  shown();
})();
