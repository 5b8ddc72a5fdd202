// The replay of a run. What is shown depends on the moment alone: `show(at)` can go anywhere.
const replay = (() => {
  const film = JSON.parse(document.getElementById("data").textContent);
  const el = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const SIGNS = { done: "\u2713", active: "\u25b6", waiting: "\u275a\u275a", failed: "\u2715",
    interrupted: "\u25a0" };
  const WORDS = { done: "done", active: "active", waiting: "waiting", failed: "failed",
    interrupted: "interrupted" };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const trips = (rows, mail) => rows.map(([flow, scope, start, end]) => ({ flow, scope, start, end, mail }));
  const moves = [...trips(film.moves, false), ...trips(film.letters, true)];
  const moments = [...new Set([
    0, ...film.steps.map(([at]) => at), ...moves.flatMap((move) => [move.start, move.end]),
    ...film.changes.map((change) => change[2]), film.length,
  ])].sort((a, b) => a - b);
  let at = 0, playing = false, before = 0, chosen = film.scopes.length ? 0 : null, wanted = null;

  // The parts of the picture: what is not drawn on this plane is left out.
  const groups = new Map([...view.drawing.querySelectorAll(".figures > g, .flows > g")]
    .map((group) => [group.getAttribute("data-element") || group.id, group]));
  const nodes = film.nodes.map(([id]) => groups.get(id));
  const flows = film.flows.map(([id]) => groups.get(id));
  const routes = flows.map((group) => group && group.querySelector(".route"));
  const names = new Map([...view.drawing.querySelectorAll(".labels > g")].map((one) => [one.dataset.for, one]));
  const plain = new Map([...groups].map(([id, group]) => [id, group.getAttribute("aria-label")]));
  const layer = view.drawing.appendChild(document.createElementNS(SVG, "g"));
  layer.setAttribute("aria-hidden", "true");

  function made(parent, tag, attributes) {
    const node = parent.appendChild(document.createElementNS(SVG, tag));
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  }

  const within = (scope, outer) => {
    for (; scope >= 0; scope = film.scopes[scope][0]) if (scope === outer) return true;
    return false;
  };
  const seen = (scope) => wanted === null || within(scope, wanted);

  // An item's number stands on its token, so that it can be followed.
  function label(scope) {
    for (; scope >= 0; scope = film.scopes[scope][0]) {
      const item = film.scopes[scope][2].match(/:(\d+)$/);
      if (item) return item[1];
    }
    return "";
  }
  const called = (scope) => film.scopes[scope].slice(1).filter(Boolean).join(" / ");

  // Numbers of a node at a moment, from the changes until then.
  function counted() {
    const counts = film.nodes.map(() => ({ active: 0, waiting: 0, done: 0, failed: 0, interrupted: 0, threw: 0,
      last: null }));
    const standing = new Map();
    for (const [node, scope, when, active, waiting, done, failed, cut, threw] of film.changes) {
      if (when > at) break;
      if (!seen(scope)) continue;
      const count = counts[node];
      count.active += active; count.waiting += waiting; count.done += done; count.failed += failed;
      count.interrupted += cut; count.threw += threw;
      count.last = scope;
      const key = `${node} ${scope}`;
      const here = standing.get(key) || { node, scope, count: 0 };
      here.count += active + waiting + failed;
      if (here.count > 0) standing.set(key, here); else standing.delete(key);
    }
    return { counts, standing: [...standing.values()] };
  }

  function state(count) {
    return count.failed > 0 ? "failed" : count.active > 0 ? "active" : count.waiting > 0 ? "waiting"
      : count.done > 0 ? "done" : count.threw > 0 ? "failed" : count.interrupted > 0 ? "interrupted" : "untouched";
  }

  // How many visits are as the state says, and of how many where others are not.
  function shown({ last, ...count }, name) {
    const number = count[name] || count.threw;
    const all = Object.values(count).reduce((sum, one) => sum + one, 0);
    return number < all ? `${number} of ${all}` : number;
  }

  function dress(group, id, name, words) {
    for (const one of [group, names.get(id)].filter(Boolean)) {
      for (const other of [...Object.keys(WORDS), "untouched"]) one.classList.toggle(other, other === name);
    }
    group.setAttribute("aria-label", [plain.get(id), words].filter(Boolean).join(", "));
  }

  function sign([at, y, share], name, number) {
    const text = number === 1 ? SIGNS[name] : `${SIGNS[name]} ${number}`;
    const width = 10 + 7 * text.length, x = at - share * width;
    const pill = made(layer, "g", { class: `sign ${name}` });
    made(pill, "rect", { x, y, width, height: 16, rx: 8 });
    made(pill, "text", { x: x + width / 2, y: y + 11.5, "font-size": 10, "text-anchor": "middle" })
      .textContent = text;
  }

  function token(x, y, scope, number, mine) {
    const dot = made(layer, "g", { class: mine ? "token chosen" : "token" });
    made(dot, "circle", { cx: x, cy: y, r: 9 });
    made(dot, "text", { x, y: y + 3.5, "font-size": 9, "text-anchor": "middle" })
      .textContent = label(scope) || (number > 1 ? number : "");
    dot.addEventListener("pointerdown", (event) => { event.stopPropagation(); choose(scope); });
  }

  function letter(x, y) {
    const box = made(layer, "g", { class: "token" });
    made(box, "rect", { x: x - 9, y: y - 6, width: 18, height: 12 });
    made(box, "path", { d: `M${x - 9},${y - 6}l9,7l9,-7` });
  }

  // Where a token is on its way; without motion it stands in the middle.
  function place(move) {
    const route = routes[move.flow];
    if (!route) return null;
    const share = calm.matches ? 0.5 : (at - move.start) / (move.end - move.start);
    return route.getPointAtLength(route.getTotalLength() * share);
  }

  function variables(scope) {
    const found = new Map();
    const chain = [];
    for (let each = scope; each >= 0; each = film.scopes[each][0]) chain.unshift(each);
    for (const outer of chain) {
      for (const [where, when, values] of film.written) {
        if (when > at) break;
        if (where !== outer) continue;
        for (const [name, text] of Object.entries(values)) {
          if (text === null) found.delete(name);
          else found.set(name, text);
        }
      }
    }
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  function tell(list) {
    const rows = list.slice(0, 40).map(({ scope, where }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${where}: ${called(scope)}`;
      button.setAttribute("aria-pressed", String(scope === chosen));
      button.dataset.scope = scope;
      return button;
    });
    const held = document.activeElement?.dataset?.scope;
    el("tokens").replaceChildren(...rows);
    if (held !== undefined) rows.find((row) => row.dataset.scope === held)?.focus();
    el("count").textContent = list.length === 1 ? "1 token" : `${list.length} tokens`;
    el("whose").textContent = chosen === null ? "Variables" : `Variables of ${called(chosen)}`;
    const known = chosen === null ? [] : variables(chosen);
    el("variables").replaceChildren(...known.map(([name, text]) => {
      const row = document.createElement("tr");
      row.append(document.createElement("th"), document.createElement("td"));
      row.firstChild.scope = "row";
      row.firstChild.textContent = name;
      row.lastChild.textContent = text;
      return row;
    }));
  }

  function spoken(ms) {
    if (ms < 1000) return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
    if (ms < 60000) return `${(ms / 1000).toFixed(1)} s`;
    const s = Math.round(ms / 1000), parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
    const first = parts.findIndex(([size]) => s >= size);
    return parts.slice(first, first + 2)
      .map(([size, unit], i) => `${Math.floor((i ? s % parts[first][0] : s) / size)} ${unit}`).join(" ");
  }

  // The moment of the run itself, evenly between what was recorded.
  function recorded() {
    let from = [0, 0], to = null;
    for (const step of film.steps) {
      if (step[0] > at) { to = step; break; }
      from = step;
    }
    return to ? from[1] + (to[1] - from[1]) * (at - from[0]) / (to[0] - from[0]) : from[1];
  }

  function show(moment) {
    at = Math.min(Math.max(moment, 0), film.length);
    const { counts, standing } = counted();
    layer.replaceChildren();
    const taken = film.flows.map(() => 0), list = [];
    const moving = [];
    for (const move of moves) {
      if (move.start > at || !seen(move.scope)) continue;
      taken[move.flow] += 1;
      if (at < move.end) moving.push(move);
    }
    flows.forEach((group, flow) => group && dress(group, film.flows[flow][0], taken[flow] ? "done" : "untouched",
      taken[flow] ? `taken ${taken[flow]} times` : ""));
    nodes.forEach((group, node) => {
      if (!group) return;
      const name = state(counts[node]);
      const number = shown(counts[node], name);
      dress(group, film.nodes[node][0], name, WORDS[name] && `${WORDS[name]} ${number} times`);
      const corner = film.corners[film.nodes[node][0]];
      if (SIGNS[name] && corner) sign(corner, name, number);
    });
    for (const move of moving) {
      const point = place(move);
      if (move.mail) {
        if (point) letter(point.x, point.y);
        continue;
      }
      if (point) token(point.x, point.y, move.scope, 1, move.scope === chosen);
      list.push({ scope: move.scope, where: `on its way ${film.flows[move.flow][1]}` });
    }
    const shifts = new Map();
    for (const { node, scope, count } of standing) {
      list.push({ scope, where: film.nodes[node][1] });
      if (!nodes[node]) continue;
      const box = nodes[node].getBBox(), shift = shifts.get(node) || 0;
      if (shift < 5) token(box.x + 4 + shift * 15, box.y + box.height - 2, scope, count, scope === chosen);
      shifts.set(node, shift + 1);
    }
    tell(list);
    el("at").value = at;
    const clock = `${spoken(recorded())} of ${spoken(film.steps.length ? film.steps.at(-1)[1] : 0)}`;
    el("clock").textContent = clock;
    el("at").setAttribute("aria-valuetext", clock);
  }

  function choose(scope) {
    chosen = scope === chosen ? null : scope;
    show(at);
  }

  function tick(now) {
    if (!playing) return;
    const passed = (now - before) * Number(el("speed").value);
    if (calm.matches) {
      if (passed >= 600) { before = now; step(1, true); }
    } else {
      before = now;
      show(at + passed);
    }
    if (at >= film.length) play(false);
    else requestAnimationFrame(tick);
  }

  function play(on) {
    if (on && at >= film.length) at = 0;
    playing = on;
    el("play").textContent = on ? "Pause" : "Play";
    before = performance.now();
    if (on) requestAnimationFrame(tick);
    else history.replaceState(null, "", `#t=${Math.round(at)}`);
  }

  function step(by, going) {
    if (!going && playing) play(false);
    const next = by > 0 ? moments.find((moment) => moment > at + 0.5)
      : moments.findLast((moment) => moment < at - 0.5);
    show(next ?? (by > 0 ? film.length : 0));
    if (!going) history.replaceState(null, "", `#t=${Math.round(at)}`);
  }

  // Instances and items that can be looked at alone.
  const items = film.scopes.map(([, instance, path], scope) => ({ instance, path, scope }))
    .filter(({ path }) => path === "" || /:\d+$/.test(path));
  for (const { scope } of items.slice(0, 2000)) {
    el("item").append(new Option(called(scope), scope));
  }
  el("item").addEventListener("change", (event) => {
    wanted = event.target.value === "" ? null : Number(event.target.value);
    chosen = wanted;
    show(at);
  });
  el("at").max = film.length;
  el("at").addEventListener("input", (event) => { play(false); show(Number(event.target.value)); });
  el("play").addEventListener("click", () => play(!playing));
  el("back").addEventListener("click", () => step(-1));
  el("forth").addEventListener("click", () => step(1));
  el("tokens").addEventListener("click", (event) => {
    if (event.target.dataset.scope !== undefined) choose(Number(event.target.dataset.scope));
  });
  nodes.forEach((group, node) => group?.addEventListener("click", () => {
    const last = counted().counts[node].last;
    if (last !== null) choose(last);
  }));
  const keys = {
    " ": () => play(!playing), ".": () => step(1), ",": () => step(-1),
    ArrowRight: () => step(1), ArrowLeft: () => step(-1),
    Home: () => { play(false); show(0); }, End: () => { play(false); show(film.length); },
    ">": () => faster(1), "<": () => faster(-1),
  };
  // What these do with keys themselves.
  const own = { BUTTON: /^ $/, INPUT: /^Arrow/, SELECT: /^( |Arrow|Home|End)/ };
  function faster(by) {
    const speed = el("speed");
    speed.selectedIndex = Math.min(Math.max(speed.selectedIndex + by, 0), speed.options.length - 1);
  }
  document.addEventListener("keydown", (event) => {
    const action = keys[event.key], taken = event.defaultPrevented || own[event.target.tagName]?.test(event.key);
    if (!action || taken || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  window.addEventListener("hashchange", linked);
  function linked() {
    const found = location.hash.match(/^#t=(\d+)$/);
    if (found) { playing = false; el("play").textContent = "Play"; show(Number(found[1])); }
    return Boolean(found);
  }
  if (!linked()) { show(0); if (!calm.matches) play(true); }
  return { show, film };
})();
