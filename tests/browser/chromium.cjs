// Chromium as the tests drive it: run(PROMISES) holds the one that the command line names against what it names after it.
"use strict";
const { chromium } = require("playwright-core");

// Root has no sandbox to offer, and a test asks nobody for updates.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

exports.run = async promises => {
  const [promise, ...things] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
  try {
    await promises[promise](browser, ...things);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
};
