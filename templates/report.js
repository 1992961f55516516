// Filters the findings. Without it they are all there.
(() => {
  const form = document.querySelector(".filter");
  const findings = [...document.querySelectorAll(".finding")];
  const told = form.querySelector("output");
  const show = () => {
    const data = new FormData(form);
    const verdicts = data.getAll("verdict");
    const kind = data.get("kind");
    const words = data.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const finding of findings) {
      const text = finding.textContent.toLowerCase();
      finding.hidden = !(
        verdicts.includes(finding.dataset.verdict) &&
        (!kind || kind === finding.dataset.kind) &&
        words.every((word) => text.includes(word))
      );
      shown += finding.hidden ? 0 : 1;
    }
    told.textContent = `${shown} of ${findings.length} findings`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const link of document.querySelectorAll(".counts a")) {
    link.addEventListener("click", () => {
      for (const box of form.querySelectorAll("input[name=verdict]")) {
        box.checked = box.value === link.dataset.verdict;
      }
      show();
    });
  }
  form.hidden = false;
  show();
})();
