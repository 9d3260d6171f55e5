"""The field table and the JSON schema say what the program reads."""

from eval.schema import README, SCHEMA, schema_text, with_table


def test_the_json_schema_is_that_of_the_model():
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run `python -m eval.schema`"


def test_the_field_table_is_that_of_the_model():
    readme = README.read_text(encoding="utf-8")
    assert readme == with_table(readme), "run `python -m eval.schema`"
