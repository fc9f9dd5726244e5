"""Runs the steps of a composite action as a runner does: action.py ACTION.YML FOLDER NAME=VALUE...

Values are inputs, or parts of the context `github` where the name has that before it (github.server_url=...). FOLDER is kept
for what steps hand on. A step with `run` runs here; of one with `uses` its name and its inputs are printed as a line of JSON, the
last of which has the action's outputs. Ends with 1 when a step failed, and with 2 for an expression that it does not know.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

import yaml

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w.-]*(?:\(\))?)|(==|!=|&&|\|\||!|\(|\)))")


class Job:
    def __init__(self, action, folder, given):
        self.github = {"action_path": str(action.parent), "server_url": "", "action_repository": ""}
        self.steps, self.failed = {}, False
        self.action = yaml.safe_load(action.read_text())
        self.folder = folder
        self.inputs = {name: str(about.get("default", "")) for name, about in self.action["inputs"].items()}
        for name, value in given.items():
            where, name = (self.github, name[7:]) if name.startswith("github.") else (self.inputs, name)
            if where is self.inputs and name not in where:
                raise SystemExit(f"action.py: there is no input {name}")
            where[name] = value

    def look_up(self, name):
        if name.endswith("()"):
            return {"cancelled()": False, "always()": True, "success()": not self.failed, "failure()": self.failed}[name]
        context, _, rest = name.partition(".")
        if context in ("inputs", "github"):
            return getattr(self, context).get(rest, "")
        step, kind, *output = rest.split(".")
        known = self.steps.get(step, {})
        return known.get("outcome", "") if kind == "outcome" else known.get("outputs", {}).get(output[0], "")

    def evaluate(self, expression):
        """Expressions of GitHub as far as the action uses them: their operators are those of Python, with the same results."""
        out, at = [], 0
        expression = expression.strip()
        while at < len(expression):
            token = TOKEN.match(expression, at)
            if not token:
                raise SystemExit(f"action.py: what is {expression[at:]!r}?")
            text, name, sign = token.groups()
            if text is not None:
                out.append(repr(text[1:-1].replace("''", "'")))
            elif name is not None:
                out.append(repr(self.look_up(name)))
            else:
                out.append({"&&": "and", "||": "or", "!": "not"}.get(sign, sign))
            at = token.end()
        return eval(" ".join(out), {"__builtins__": {}})

    def fill(self, text):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(self.evaluate(found[1])), str(text))

    def wanted(self, step):
        condition = str(step.get("if", "success()")).strip()
        condition = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", condition)
        if not re.search(r"(cancelled|always|success|failure)\(\)", condition):
            condition = f"success() && ({condition})"
        return self.evaluate(condition)

    def run(self, step):
        output = self.folder / "output"
        output.write_text("")
        environment = dict(os.environ, GITHUB_OUTPUT=str(output), GITHUB_ACTION_PATH=self.github["action_path"])
        environment.update({name: self.fill(value) for name, value in step.get("env", {}).items()})
        script = self.folder / "script"
        script.write_text(self.fill(step["run"]))
        assert step["shell"] == "bash"
        status = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", script], env=environment).returncode
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return status == 0, outputs

    def go(self):
        for step in self.action["runs"]["steps"]:
            fine, outputs = True, {}
            wanted = self.wanted(step)
            if wanted and "uses" in step:
                told = {name: self.fill(value) for name, value in step.get("with", {}).items()}
                print(json.dumps({"uses": step["uses"], "with": told}), flush=True)
            elif wanted:
                fine, outputs = self.run(step)
            self.failed |= not fine
            if "id" in step:
                outcome = "skipped" if not wanted else "success" if fine else "failure"
                self.steps[step["id"]] = {"outcome": outcome, "outputs": outputs}
        print(json.dumps({"outputs": {name: self.fill(about["value"]) for name, about in self.action["outputs"].items()}}))
        return 1 if self.failed else 0


def main():
    action, folder, *given = sys.argv[1:]
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    return Job(pathlib.Path(action), pathlib.Path(folder), dict(pair.split("=", 1) for pair in given)).go()


sys.exit(main())
