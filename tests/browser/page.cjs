// Opens a page of `filigrane proof` in Chromium and holds one promise against it: node page.cjs PROMISE PAGE.html
"use strict";
const assert = require("node:assert/strict");
const path = require("node:path");
const { run } = require("./chromium.cjs");

const looks = [];
for (const locale of ["en-GB", "fr-FR"])
  for (const colorScheme of ["light", "dark"])
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }])
      looks.push({ locale, colorScheme, viewport });

// A page as one visitor has it; `seen` gathers what must not happen.
async function open(browser, file, look = looks[0]) {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  const seen = [];
  page.on("console", message => seen.push(`console: ${message.text()}`));
  page.on("pageerror", error => seen.push(`error: ${error}`));
  page.on("request", request => {
    if (!request.url().startsWith("data:") && !request.isNavigationRequest()) seen.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${path.resolve(file)}`);
  return { context, page, seen };
}

// Every node that can be acted on or is a picture, as a screen reader is told of it.
async function told(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes.filter(node => !node.ignored).map(node => ({ role: node.role?.value, name: node.name?.value ?? "" }));
}

const promises = {
  // In each look the page loads, opens a photo, and neither complains nor asks for anything.
  async quiet(browser, file) {
    for (const look of looks) {
      const { context, page, seen } = await open(browser, file, look);
      await page.locator(".open").first().click();
      await page.keyboard.press("Escape");
      assert.equal(await page.evaluate(() => document.querySelectorAll(".open img").length > 0), true);
      await page.evaluate(() => Promise.all([...document.images].filter(i => i.closest(".open")).map(i => i.decode())));
      assert.deepEqual(seen, []);
      assert.deepEqual(await context.cookies(), []);
      await context.close();
    }
  },

  async language(browser, file) {
    const french = (await open(browser, file, { locale: "fr-CA" })).page;
    assert.equal(await french.evaluate(() => document.documentElement.lang), "fr");
    const text = await french.locator("body").innerText();
    assert.match(text, /Droits, tels qu’écrits/);
    assert.match(text, /\d\u00a0[KMG]o/);
    assert.doesNotMatch(text, /Rights, as|Removed|Together/);
    const english = (await open(browser, file, { locale: "de-DE" })).page;
    assert.match(await english.locator("body").innerText(), /Rights, as written/);
    assert.equal(await english.evaluate(() => document.documentElement.lang), "en");
  },

  async names(browser, file) {
    for (const locale of ["en-GB", "fr-FR"]) {
      const { page } = await open(browser, file, { locale });
      for (const opened of [false, true]) {
        if (opened) await page.locator(".open").first().click();
        const nodes = await told(page);
        const acting = nodes.filter(node => ["button", "link", "searchbox", "slider", "dialog", "region", "image"].includes(node.role));
        assert.ok(acting.length > 3);
        assert.deepEqual(acting.filter(node => !node.name.trim()), []);
      }
      const heads = await page.evaluate(() => [...document.querySelectorAll("h1, main h2")].map(h => h.tagName));
      assert.equal(heads.filter(tag => tag === "H1").length, 1);
    }
  },

  async keyboard(browser, file) {
    const { page } = await open(browser, file);
    const focused = () => page.evaluate(() => document.activeElement.closest("li")?.id ?? document.activeElement.className);
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "skip");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "p1");
    await page.keyboard.press("Enter");
    const title = () => page.locator("#light-title").innerText();
    assert.equal(await page.locator("dialog").evaluate(dialog => dialog.open), true);
    const first = await title();
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await title(), first);
    await page.keyboard.press("Home");
    assert.equal(await title(), first);
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest("dialog")), true);
    }
    await page.getByRole("button", { name: "Enlarge" }).press("Enter");
    const scrolled = () => page.locator(".stage").evaluate(stage => stage.scrollLeft);
    const before = await scrolled();
    await page.keyboard.press("ArrowRight");
    assert.ok(await scrolled() > before);
    assert.equal(await title(), first);
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    const last = await page.evaluate(() => document.querySelector(".photos > li:last-child").id);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog").evaluate(dialog => dialog.open), false);
    // A dialog tells in a task of its own that it closed.
    await page.waitForFunction(id => document.activeElement.closest("li")?.id === id, last);
    assert.equal(await focused(), last);
  },

  async filter(browser, file) {
    const { page } = await open(browser, file);
    const left = () => page.locator(".photos > li:visible").count();
    const whole = await left();
    assert.ok(whole > 1);
    await page.locator(".find input").fill("DÉNT matin");
    assert.equal(await left(), 1);
    assert.match(await page.getByRole("status").innerText(), new RegExp(`1 of ${whole}`));
    await page.locator(".find input").fill("no such thing");
    assert.equal(await left(), 0);
    assert.equal(await page.locator(".none").isVisible(), true);
    await page.locator(".find input").fill("");
    await page.getByRole("button", { name: /^Location/ }).click();
    assert.equal(await left(), 1);
    await page.getByRole("button", { name: /^Location/ }).click();
    assert.equal(await left(), whole);
  },

  async compare(browser, file) {
    const { page } = await open(browser, file);
    await page.locator(".open").first().click();
    const clip = () => page.locator(".before").evaluate(image => getComputedStyle(image).clipPath);
    const half = await clip();
    await page.getByRole("slider").focus();
    await page.keyboard.press("End");
    assert.notEqual(await clip(), half);
    assert.equal(await page.getByRole("slider").getAttribute("aria-valuetext"), "100% without marks");
  },

  async fits(browser, file) {
    for (const width of [320, 390, 768, 1280]) {
      const { page } = await open(browser, file, { viewport: { width, height: 800 } });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `wider than ${width}`);
      await page.locator(".open").first().click();
      assert.ok(await page.locator("dialog").evaluate(dialog => dialog.scrollWidth <= dialog.clientWidth), `dialog wider than ${width}`);
    }
  },

  // WCAG 2.1, 1.4.3: the contrast of all text with what is behind it, on the page and in a photo that is open, with what
  // is faded counted as faded; and 1.4.11: the ring around what has the focus.
  async contrast(browser, file) {
    for (const colorScheme of ["light", "dark"]) {
      const { page } = await open(browser, file, { colorScheme });
      await page.locator(".kinds button").first().click();
      const measure = () => page.evaluate(() => {
        const parts = colour => colour.match(/[\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
        const ground = element => {
          for (let at = element; at; at = at.parentElement) {
            const colour = parts(getComputedStyle(at).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
          }
          return [255, 255, 255];
        };
        const ink = element => {
          const colour = parts(getComputedStyle(element).color), behind = ground(element);
          let left = colour[3] ?? 1;
          for (let at = element; at; at = at.parentElement) left *= getComputedStyle(at).opacity;
          return colour.slice(0, 3).map((value, i) => value * left + behind[i] * (1 - left));
        };
        const ring = document.activeElement;
        const all = [...document.querySelectorAll("body *")].filter(element => element.checkVisibility() &&
          [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
        return {
          texts: all.length,
          faint: all.map(element => ({ text: element.textContent.slice(0, 30), ratio: contrast(ink(element), ground(element)) }))
            .filter(pair => pair.ratio < 4.5),
          ring: { wide: parseFloat(getComputedStyle(ring).outlineWidth),
            ratio: contrast(parts(getComputedStyle(ring).outlineColor), ground(ring.parentElement)) },
        };
      });
      const whole = await measure();
      assert.ok(whole.texts > 20);
      assert.deepEqual(whole.faint, []);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      const { ring } = await measure();
      assert.ok(ring.wide >= 2 && ring.ratio >= 3, JSON.stringify(ring));
      await page.locator(".kinds button").first().click();
      await page.locator(".open").first().click();
      assert.deepEqual((await measure()).faint, []);
    }
  },

  // What failed is told above all pictures, in words that a long name does not push aside.
  async failures(browser, file) {
    for (const look of looks) {
      const { page, context } = await open(browser, file, look);
      const problems = await page.locator(".problems").boundingBox(), first = await page.locator(".photos > li").first().boundingBox();
      assert.ok(problems.y + problems.height <= first.y);
      assert.match(await page.locator(".problems").innerText(), /c\.jpg/);
      assert.ok(problems.x + problems.width <= look.viewport.width);
      await context.close();
    }
  },

  // A photo whose file is gone says so where its picture would be, and there is nothing to enlarge.
  async gone(browser, file) {
    const { page, seen } = await open(browser, file, { locale: "fr-FR" });
    await page.locator(".open").filter({ hasText: "n’est plus là" }).click();
    assert.equal(await page.locator(".stage").innerText(), "Le fichier n’est plus là, ou a été modifié.");
    assert.equal(await page.getByRole("button", { name: "Agrandir" }).isDisabled(), true);
    await page.locator(".stage").click();
    assert.equal(await page.locator(".zoomed").count(), 0);
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator(".missing").isVisible(), false);
    assert.equal(await page.locator(".after").isVisible(), true);
    assert.deepEqual(seen, []);
  },

  // A shoot of which nothing was published: the page says so, and shows neither empty tables nor a field to search in.
  async empty(browser, file) {
    for (const [locale, words] of [["en-GB", "no photo was published"], ["fr-FR", "aucune photo publiée"]]) {
      const { page, seen } = await open(browser, file, { locale });
      assert.match(await page.locator(".top").innerText(), new RegExp(words));
      assert.equal(await page.locator(".problems li").count(), 1);
      assert.equal(await page.locator(".tools, .sheetwide, dialog").filter({ visible: true }).count(), 0);
      assert.deepEqual(seen, []);
    }
  },

  // The policy of the page itself stops what is not its own.
  async policy(browser, file) {
    const { page, seen } = await open(browser, file);
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken over'";
      document.body.append(script);
      const image = document.createElement("img");
      image.src = "https://filigrane.invalid/beacon.png";
      document.body.append(image);
    });
    assert.notEqual(await page.title(), "taken over");
    assert.ok(seen.filter(line => line.startsWith("console")).length >= 2);
    assert.deepEqual(seen.filter(line => line.startsWith("request") && !/beacon/.test(line)), []);
  },

  // Without scripts, all is still told.
  async bare(browser, file) {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`file://${path.resolve(file)}`);
    assert.ok(await page.locator(".open img").first().isVisible());
    await page.locator("summary").first().click();
    assert.match(await page.locator("details").first().innerText(), /Published files/);
  },
};

run(promises);
