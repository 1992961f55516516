// Filters the findings; shows on the map what the reader points at, and filters it. Without this
// script everything is there: maps have their titles, findings are all shown.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Findings
  const form = document.querySelector(".filter.of-findings");
  const findings = all(".finding");
  const choose = () => {
    const data = new FormData(form);
    const verdicts = data.getAll("verdict");
    const words = data.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (finding) =>
      verdicts.some((verdict) => finding.classList.contains(verdict)) &&
      ["", finding.id.split("/")[0]].includes(data.get("kind")) &&
      ["", ...finding.classList].includes(data.get("severity")) &&
      words.every((word) => finding.textContent.toLowerCase().includes(word));
    for (const finding of findings) finding.hidden = !fits(finding);
    const shown = findings.filter((finding) => !finding.hidden).length;
    form.querySelector("output").textContent = `${shown} of ${findings.length} findings`;
  };
  for (const link of all(".counts a")) {
    link.addEventListener("click", () => {
      for (const box of all("input[name=verdict]", form)) {
        box.checked = box.value === link.dataset.verdict;
      }
      choose();
    });
  }
  // A link to a finding shows it, whatever is filtered.
  const follow = () => {
    const finding = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (finding && finding.hidden) {
      form.reset();
      choose();
      finding.scrollIntoView();
    }
  };
  addEventListener("hashchange", follow);

  // The map
  const choice = document.querySelector(".filter.of-map");
  const lines = all(".map [data-piece]");
  const pick = () => {
    const data = new FormData(choice);
    const pieces = new Map();
    for (const line of lines) {
      const fits = ["surface", "instrument"].every((name) =>
        [line.dataset[name], ""].includes(data.get(name)),
      );
      line.classList.toggle("off", !fits);
      if (fits) pieces.set(line.dataset.piece, Number(line.dataset.m));
    }
    const metres = [...pieces.values()].reduce((sum, each) => sum + each, 0);
    const km = (metres / 1e3).toLocaleString("en", { maximumFractionDigits: 0 });
    choice.querySelector("output").textContent = `${pieces.size} stretches, ${km} km`;
  };

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  const light = (piece) => {
    for (const line of lines) {
      line.classList.toggle("lit", piece !== undefined && line.dataset.piece === piece);
    }
  };
  let showAgain = null;
  const hide = () => {
    tip.hidden = true;
    showAgain = null;
    light();
  };
  const showTip = (sign, x, y) => {
    const [name, ...facts] = sign.getAttribute("aria-label").split(" · ");
    const line = (tag, text) => {
      const element = document.createElement(tag);
      element.textContent = text;
      return element;
    };
    tip.replaceChildren(line("b", name), ...facts.map((fact) => line("span", fact)));
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - 8;
    tip.style.left = `${Math.max(8, Math.min(x + 14, room))}px`;
    tip.style.top = `${y + 18 + height > innerHeight ? y - height - 12 : y + 18}px`;
    light(sign.dataset.piece);
  };

  // Signs take the place of their titles, and lines as thin as these need a wider target.
  const live = (drawing) => {
    const signs = all("path > title, text > title", drawing).map((title) => {
      const sign = title.parentElement;
      sign.setAttribute("aria-label", title.textContent);
      sign.setAttribute("role", "img");
      sign.setAttribute("tabindex", "-1");
      title.remove();
      return sign;
    });
    if (!signs.length) return;
    drawing.setAttribute("role", "group");
    // One stop of the tab key; arrows go on from there.
    const ring = signs.filter((sign) => sign.matches("path"));
    (ring[0] || signs[0]).setAttribute("tabindex", "0");
    const targets = new Map(signs.map((sign) => [sign, sign]));
    for (const sign of ring.filter((sign) => sign.matches(".line"))) {
      const target = sign.cloneNode(false);
      for (const { name } of [...target.attributes]) {
        if (name !== "d") target.removeAttribute(name);
      }
      target.setAttribute("class", "target");
      sign.after(target);
      targets.set(target, sign);
    }
    drawing.addEventListener("pointermove", (event) => {
      const sign = targets.get(event.target.closest("path, text"));
      if (sign) showTip(sign, event.clientX, event.clientY);
      else hide();
    });
    drawing.addEventListener("pointerleave", hide);
    drawing.addEventListener("focusin", ({ target }) => {
      if (!targets.has(target) || !target.matches(":focus-visible")) return;
      showAgain = () => {
        const { left, bottom, width } = target.getBoundingClientRect();
        showTip(target, left + width / 2, bottom - 10);
      };
      showAgain();
    });
    drawing.addEventListener("focusout", hide);
    drawing.addEventListener("keydown", (event) => {
      const at = ring.indexOf(event.target);
      const to = {
        ArrowRight: at + 1,
        ArrowDown: at + 1,
        ArrowLeft: at - 1,
        ArrowUp: at - 1,
        Home: 0,
        End: ring.length - 1,
      }[event.key];
      if (event.key === "Escape") hide();
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const next = ring[(to + ring.length) % ring.length];
      ring[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  };
  all(".drawing").forEach(live);
  // A tip for the pointer is hidden, because its sign moves away; a tip for the focus moves along.
  addEventListener("scroll", () => (tip.hidden ? null : showAgain ? showAgain() : hide()), { passive: true });

  for (const [filter, show] of [[form, choose], [choice, pick]]) {
    if (!filter) continue;
    filter.addEventListener("input", show);
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("reset", () => setTimeout(show));
    filter.hidden = false;
    show();
  }
  follow();
})();
