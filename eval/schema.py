"""The field table and the JSON schema of question sets, made from the model: `python -m eval.schema` writes both."""

import json
from pathlib import Path

from eval.gold import GoldQuestion
from eval.shipped import SETS

SCHEMA = SETS / "schema.json"
README = SETS / "README.md"
_BEGIN, _END = "<!-- fields: made by python -m eval.schema -->", "<!-- end of fields -->"


def schema_text() -> str:
    """The JSON schema of one line of a set."""
    return json.dumps(GoldQuestion.model_json_schema(), ensure_ascii=False, indent=1) + "\n"


def field_table() -> str:
    """The fields of a question as a Markdown table."""
    lines = ["| field | needed | what it says |", "| --- | --- | --- |"]
    for name, field in GoldQuestion.model_fields.items():
        needed = "yes" if field.is_required() else "no"
        lines.append(f"| `{name}` | {needed} | {field.description} |")
    return "\n".join(lines)


def with_table(readme: str) -> str:
    """A README with its field table brought up to date."""
    before, _, rest = readme.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n{field_table()}\n{_END}{after}"


def write(schema: Path = SCHEMA, readme: Path = README) -> None:
    """Bring both files up to date."""
    schema.write_text(schema_text(), encoding="utf-8")
    readme.write_text(with_table(readme.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
