// The report's plots under pointer and keyboard: values at a time, zoom by dragging. Without it the
// page shows the same plots, whole.
// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const page = document.body.dataset;
  const start = Number(page.start), span = Number(page.span), spans = Number(page.spans);
  const whole = span * spans;
  const plots = [...document.querySelectorAll("figure.plot")];
  const tip = document.querySelector(".tip");
  const reset = document.querySelector(".tools button");
  const hint = document.querySelector(".tools span");
  let view = [0, whole];
  let drag = null;

  const two = (n) => String(n).padStart(2, "0");
  const clock = (s, seconds) => {
    const at = Math.round(start + s);
    const day = Math.floor(at / 86400);
    const text = `${two(Math.floor(at / 3600) % 24)}:${two(Math.floor(at / 60) % 60)}`;
    return (start + whole > 86400 ? `day ${day + 1} ` : "") + text +
      (seconds ? `:${two(at % 60)}` : "");
  };
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200,
    86400, 172800, 432000, 604800, 1209600, 2592000];

  // "name=[1,,3];*name=[...]": a star marks one of many, an empty place is a gap.
  const series = new Map();
  for (const plot of plots) {
    const list = [];
    for (const part of (plot.dataset.series ?? "").split(";")) {
      const at = part.indexOf("=[");
      if (at < 0) continue;
      const faint = part[0] === "*";
      const values = part.slice(at + 2, -1).split(",");
      list.push({ name: part.slice(faint ? 1 : 0, at), faint, values });
    }
    series.set(plot, list);
  }

  // At the edges a label stands inside, so that nothing is cut off or overlaps the other axis.
  const place_of = (share) =>
    share > 0.96 ? ' class="last"' : share < 0.03 ? ' class="first"' : "";

  function show() {
    const [from, to] = view;
    const scale = whole / (to - from);
    const first = from / span - 0.5;
    for (const group of document.querySelectorAll(".zoom")) {
      const shift = -0.5 - first * scale;
      group.setAttribute("transform", `matrix(${scale} 0 0 1 ${shift} 0)`);
    }
    const step = steps.find((each) => (to - from) / each < 9) ?? 31536000;
    let labels = "";
    for (let at = Math.ceil((start + from) / step) * step; at <= start + to; at += step) {
      const left = ((at - start - from) / (to - from)) * 100;
      const words = at % 86400 === 0
        ? `day ${at / 86400 + 1}`
        : `${two(Math.floor(at / 3600) % 24)}:${two(Math.floor(at / 60) % 60)}` +
          (step < 60 ? `:${two(at % 60)}` : "");
      labels += `<span${place_of(left / 100)} style="left:${left}%">${words}</span>`;
    }
    for (const axis of document.querySelectorAll(".times")) axis.innerHTML = labels;
    reset.hidden = from === 0 && to === whole;
    hint.textContent = reset.hidden
      ? "Point at a curve for its values; drag across to zoom."
      : `${clock(from, true)} to ${clock(to, true)}`;
  }

  function values_at(plot, index) {
    const list = series.get(plot);
    const decimals = Number(plot.dataset.decimals);
    const words = (value) => `${(value / 10 ** decimals).toFixed(decimals)} ${plot.dataset.unit}`;
    let html = "";
    const row = (name, value) => {
      html += `<div><span>${name}</span><span>${value}</span></div>`;
    };
    for (const { name, faint, values } of list) {
      if (!faint && values[index] !== "") row(name, words(values[index]));
    }
    const many = list.filter((each) => each.faint && each.values[index] !== "");
    if (many.length > 0) {
      many.sort((a, b) => b.values[index] - a.values[index]);
      const picked = many.length > 6 ? [...many.slice(0, 3), ...many.slice(-3)] : many;
      for (const { name, values } of picked) row(name, words(values[index]));
    }
    return html;
  }

  function share_of(plot, event) {
    const box = plot.querySelector(".area").getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  }

  function point(plot, share, x, y) {
    const at = view[0] + share * (view[1] - view[0]);
    const index = Math.min(spans - 1, Math.floor(at / span));
    for (const each of plots) {
      const cursor = each.querySelector(".cursor");
      cursor.style.display = "block";
      cursor.style.left = `${share * 100}%`;
    }
    tip.innerHTML = `<b>${clock(at, true)}</b>${values_at(plot, index)}`;
    tip.style.display = "block";
    const wide = tip.offsetWidth, tall = tip.offsetHeight;
    tip.style.left = `${x + 18 + wide > innerWidth ? Math.max(4, x - wide - 18) : x + 18}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 14, innerHeight - tall - 6))}px`;
  }

  function leave() {
    tip.style.display = "none";
    for (const plot of plots) {
      plot.querySelector(".cursor").style.display = "none";
      plot.querySelector(".brush").style.display = "none";
    }
  }

  function zoom(from, to) {
    const least = Math.max(span * 4, 10);
    if (to - from < least) return;
    view = [Math.max(0, from), Math.min(whole, to)];
    show();
  }

  for (const plot of plots) {
    const area = plot.querySelector(".area");
    area.addEventListener("pointerdown", (event) => {
      drag = event.pointerType === "mouse" ? share_of(plot, event) : null;
      point(plot, share_of(plot, event), event.clientX, event.clientY);
    });
    area.addEventListener("pointermove", (event) => {
      const share = share_of(plot, event);
      point(plot, share, event.clientX, event.clientY);
      if (drag === null) return;
      for (const each of plots) {
        const brush = each.querySelector(".brush");
        brush.style.display = "block";
        brush.style.left = `${Math.min(drag, share) * 100}%`;
        brush.style.width = `${Math.abs(drag - share) * 100}%`;
      }
    });
    area.addEventListener("pointerup", (event) => {
      const share = share_of(plot, event), from = drag;
      drag = null;
      for (const each of plots) each.querySelector(".brush").style.display = "none";
      if (from === null || Math.abs(share - from) < 0.01) return;
      const wide = view[1] - view[0];
      zoom(view[0] + Math.min(from, share) * wide, view[0] + Math.max(from, share) * wide);
    });
    area.addEventListener("pointerleave", () => { drag = null; leave(); });
    area.addEventListener("dblclick", () => { view = [0, whole]; show(); });

    let share = 0.5;
    plot.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: -0.01, ArrowRight: 0.01 };
      const wide = view[1] - view[0], at = view[0] + share * wide;
      if (event.key in moves) share = Math.min(1, Math.max(0, share + moves[event.key]));
      else if (event.key === "+") zoom(at - wide / 4, at + wide / 4);
      else if (event.key === "-") zoom(Math.max(0, at - wide), Math.min(whole, at + wide));
      else if (event.key === "Escape") { view = [0, whole]; show(); }
      else return;
      event.preventDefault();
      const box = area.getBoundingClientRect();
      point(plot, share, box.left + share * box.width, box.top + 20);
    });
    plot.addEventListener("blur", leave);
  }
  reset.addEventListener("click", () => { view = [0, whole]; show(); });
  show();
})();
