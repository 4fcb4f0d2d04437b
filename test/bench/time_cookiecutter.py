"""How long cookiecutter takes for a tree: time_cookiecutter.py <tree> <name in it> <package in it> <times>

The tree becomes a template in which name and package are variables; what has braces of its own is copied. Prints the
median of the times in seconds, the files written each time.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from cookiecutter.main import cookiecutter


def make_template(tree: Path, name: str, package: str, target: Path) -> int:
    root = target / "{{cookiecutter.name}}"
    copied = []
    count = 0
    for file in sorted(path for path in tree.rglob("*") if path.is_file()):
        where = str(file.relative_to(tree)).replace(package, "{{cookiecutter.package}}")
        text = file.read_text(encoding="utf-8")
        if any(braces in text for braces in ("{{", "}}", "{%", "{#")):
            copied.append(where.replace("{{cookiecutter.package}}", "*"))
        else:
            text = text.replace(package, "{{cookiecutter.package}}").replace(name, "{{cookiecutter.name}}")
        made = root / where
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(text, encoding="utf-8")
        count += 1
    variables = {"name": "other-name", "package": "other_name", "_copy_without_render": copied}
    (target / "cookiecutter.json").write_text(json.dumps(variables))
    return count


def main() -> None:
    tree, name, package, times = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        count = make_template(Path(tree), name, package, template)
        taken = []
        for index in range(int(times) + 1):
            output = Path(folder) / f"out-{index}"
            output.mkdir()
            begun = time.perf_counter()
            cookiecutter(str(template), no_input=True, output_dir=str(output))
            taken.append(time.perf_counter() - begun)
        # the first one fills caches
        print(json.dumps({"seconds": statistics.median(taken[1:]), "files": count}))


if __name__ == "__main__":
    main()
