// Shows the pictures.html of `filigrane site` to browsers of several kinds: node markup.cjs PROMISE pictures.html WEB
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { run } = require("./chromium.cjs");

const base = "https://example.org/p/";
const types = { ".html": "text/html", ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif" };

// The page at its address, with the files of WEB below the base; `asked` gathers the pictures that were fetched.
async function visit(browser, html, web, look) {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  const asked = [];
  await context.route("**/*", route => {
    const url = route.request().url();
    if (url === "https://example.org/") return route.fulfill({ contentType: types[".html"], body: html });
    if (!url.startsWith(base)) return route.abort();
    const file = decodeURIComponent(url.slice(base.length));
    asked.push(file);
    return route.fulfill({ contentType: types[path.extname(file)], body: fs.readFileSync(path.join(web, file)) });
  });
  await page.goto("https://example.org/");
  await page.evaluate(() => Promise.all([...document.images].map(image => image.decode())));
  return { context, page, asked };
}

const promises = {
  // Each window gets the smallest file that fills its pixels: one file, and in the best format that the browser knows.
  async choice(browser, file, web) {
    const html = fs.readFileSync(file, "utf8");
    const formats = [["avif", html], ["webp", html.replace(/.*type="image\/avif".*\n/g, "")],
      ["jpg", html.replace(/.*<source .*\n/g, "")]];
    const expected = { 320: { 1: 320, 2: 640 }, 640: { 1: 640, 2: 1280 }, 1280: { 1: 1280, 2: 1280 } };
    for (const [format, page] of formats)
      for (const [width, choices] of Object.entries(expected))
        for (const [density, chosen] of Object.entries(choices)) {
          const look = { viewport: { width: Number(width), height: 800 }, deviceScaleFactor: Number(density) };
          const { context, asked } = await visit(browser, page, web, look);
          assert.deepEqual(asked, [`a b-${chosen}.${format}`], `${width} px at ${density}x`);
          await context.close();
        }
  },

  // Pasted into a page as the manual says, the objects are read as they were written; each file that a browser may choose
  // has one, with what search engines ask of it.
  async data(browser, file, web, objects) {
    const written = fs.readFileSync(objects, "utf8");
    const html = `<!doctype html><script type="application/ld+json">${written}</script>${fs.readFileSync(file, "utf8")}`;
    const { page } = await visit(browser, html, web, {});
    const [read, offered] = await page.evaluate(() => [
      JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent),
      [...document.querySelectorAll("[srcset]")].flatMap(e => e.srcset.split(", ").map(part => part.split(" ")[0])),
    ]);
    assert.deepEqual(read, JSON.parse(written));
    assert.deepEqual(read.map(object => object.contentUrl).sort(), offered.sort());
    for (const object of read) {
      assert.equal(object["@context"], "https://schema.org/");
      assert.equal(object["@type"], "ImageObject");
      for (const link of ["contentUrl", "license", "acquireLicensePage"]) assert.equal(new URL(object[link]).protocol, "https:");
      assert.ok(object.creator.name && object.creditText && object.copyrightNotice);
      assert.match(object.caption, /<\/script>/);
    }
  },

  // What comes after a picture stands where it will stay before the picture is there, and the picture is not stretched.
  async place(browser, file, web) {
    const html = `${fs.readFileSync(file, "utf8")}<p id="after">text</p>`;
    const top = page => page.evaluate(() => document.querySelector("#after").getBoundingClientRect().top);
    for (const width of [390, 1280]) {
      const look = { viewport: { width, height: 800 } };
      const { page, context } = await visit(browser, html, web, look);
      const there = await top(page);
      const shape = await page.evaluate(() => {
        const image = document.images[0];
        return { shown: image.width / image.height, own: image.naturalWidth / image.naturalHeight, wide: image.width <= innerWidth };
      });
      assert.ok(Math.abs(shape.shown / shape.own - 1) < 0.01);
      assert.ok(shape.wide);
      await context.close();
      const bare = await browser.newContext(look);
      await bare.route("**/*", route => route.request().isNavigationRequest() ?
        route.fulfill({ contentType: "text/html", body: html }) : undefined);
      const waiting = await bare.newPage();
      await waiting.goto("https://example.org/", { waitUntil: "commit" });
      await waiting.locator("#after").waitFor({ state: "attached" });
      assert.ok(Math.abs(await top(waiting) - there) < 1);
      assert.match(await waiting.evaluate(() => getComputedStyle(document.images[0]).backgroundImage), /^url\("data:image\/webp/);
      await bare.close();
    }
  },
};

run(promises);
