(() => {
  "use strict";
  const page = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  page.classList.add("js");

  /* The page is written in English and holds the French beside it. */
  const french = /^fr\b/i.test(navigator.language || "");
  if (french) {
    page.lang = "fr";
    for (const element of all("[data-fr]")) element.textContent = element.dataset.fr;
    for (const element of all("[data-fr-placeholder]")) element.placeholder = element.dataset.frPlaceholder;
    for (const element of all("[data-fr-aria-label]")) element.setAttribute("aria-label", element.dataset.frAriaLabel);
    for (const element of all("data.bytes"))
      element.textContent = element.textContent.replace(".", ",").replace("bytes", "octets").replace("B", "o").replace(" ", "\u00a0");
  }
  const days = new Intl.DateTimeFormat(page.lang, { dateStyle: "long", timeZone: "UTC" });
  for (const element of all("time"))
    if (/^\d{4}-\d\d-\d\d/.test(element.dateTime) && !isNaN(Date.parse(element.dateTime.slice(0, 10))))
      element.textContent = days.format(new Date(element.dateTime.slice(0, 10)));

  /* ---- The filter ---- */
  const tools = one(".tools"), photos = all(".photos > li"), field = one(".find input"), count = one(".count");
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map(photos.map(photo => [photo, fold(all(".name, .caption, .title", photo).map(e => e.textContent).join(" "))]));
  const shown = () => photos.filter(photo => !photo.hidden);
  const filter = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const kinds = all('.kinds button[aria-pressed="true"]').map(button => button.value);
    for (const photo of photos)
      photo.hidden = !words.every(word => texts.get(photo).includes(word)) ||
        !kinds.every(kind => photo.dataset.kinds.split(" ").includes(kind));
    const left = shown().length;
    one(".none").hidden = left > 0;
    count.textContent = left === photos.length ? "" : french ? `${left} photos sur ${photos.length}` : `${left} of ${photos.length} photos`;
  };
  tools.hidden = photos.length < 2;
  tools.addEventListener("submit", event => event.preventDefault());
  field.addEventListener("input", filter);
  for (const button of all(".kinds button"))
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
      filter();
    });

  /* ---- One photo, large ---- */
  const light = one(".light"), stage = one(".stage"), sheet = one(".sheet"), cut = one(".cut"), slider = one(".cut input");
  const after = one(".after", light), before = one(".before", light), zoom = one('[value="zoom"]', light);
  let current = null;

  const enlarge = (on, event) => {
    const inner = sheet.getBoundingClientRect();
    const x = event ? (event.clientX - inner.left) / inner.width : 0.5, y = event ? (event.clientY - inner.top) / inner.height : 0.5;
    sheet.style.setProperty("--zoom", `${Math.round(Math.max(after.naturalWidth, inner.width * 2))}px`);
    light.classList.toggle("zoomed", on);
    zoom.setAttribute("aria-pressed", on);
    stage.scrollTo(x * sheet.offsetWidth - stage.clientWidth / 2, y * sheet.offsetHeight - stage.clientHeight / 2);
  };
  const compare = () => {
    sheet.style.setProperty("--cut", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", french ? `${slider.value} % sans marques` : `${slider.value}% without marks`);
  };
  const show = photo => {
    current = photo;
    const picture = one(".open img", photo), bare = one(".bare", photo);
    enlarge(false);
    after.src = picture ? picture.src : "data:,";
    after.alt = picture ? picture.alt : "";
    sheet.hidden = zoom.disabled = !picture;
    one(".missing", light).hidden = !!picture;
    light.style.setProperty("--r", getComputedStyle(photo).getPropertyValue("--r"));
    before.hidden = cut.hidden = !bare;
    before.src = bare ? bare.src : "data:,";
    slider.value = 50;
    compare();
    one("#light-title").textContent = one(".title", photo).textContent;
    one(".told").replaceChildren(...one(".facts", photo).cloneNode(true).children);
    one(".told > summary")?.remove();
    one(".told > .bare")?.remove();
    one(".told > .title")?.remove();
    one(".side").scrollTop = light.scrollTop = 0;
    if (!light.open) light.showModal();
  };
  const step = by => {
    const list = shown(), at = list.indexOf(current) + by;
    if (at >= 0 && at < list.length) show(list[at]);
  };
  const acts = { previous: () => step(-1), next: () => step(1), zoom: () => enlarge(!light.classList.contains("zoomed")), close: () => light.close() };

  for (const photo of photos) one(".open", photo).addEventListener("click", () => show(photo));
  for (const button of all(".keys button")) button.addEventListener("click", () => acts[button.value]());
  stage.addEventListener("click", event => zoom.disabled || enlarge(!light.classList.contains("zoomed"), event));
  slider.addEventListener("input", compare);
  cut.addEventListener("submit", event => event.preventDefault());
  light.addEventListener("close", () => current && one(".open", current).focus());
  light.addEventListener("keydown", event => {
    if (event.target === slider || event.altKey || event.ctrlKey || event.metaKey) return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const walks = { ArrowLeft: acts.previous, ArrowRight: acts.next, Home: () => show(shown()[0]), End: () => show(shown().at(-1)) };
    const move = moves[event.key];
    const act = light.classList.contains("zoomed") ? move && (() => stage.scrollBy(move[0] * 96, move[1] * 96)) : walks[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
