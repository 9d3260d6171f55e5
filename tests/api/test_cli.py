"""The `motcua` command on good and on bad input: one clear line each, and the rest goes on."""

import ast
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import COMMANDS, main
from tests.conftest import COMMUNE, ROOT, SAMPLES, Ran

Motcua = Callable[..., Ran]
HEAVY = {"chromadb", "fastapi", "langchain_core", "numpy", "pydantic", "sqlalchemy", "telegram"}
GUIDE = "# Gửi xe ở chợ Mẫu\n\n## Giá gửi xe đạp\nGửi xe đạp ở chợ Mẫu mất hai nghìn đồng một lượt.\n"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A good file of the ward's own, small enough to be ingested often."""
    path = tmp_path / "in" / "gui-xe.md"
    path.parent.mkdir()
    path.write_text(GUIDE, encoding="utf-8")
    return path


def ingest(motcua: Motcua, *paths: Path) -> Ran:
    return motcua("ingest", *paths, "--commune", COMMUNE)


# --- the overview --------------------------------------------------------------------------------------


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n  {name} " not in printed] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_announced_is_there_and_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"motcua {name}" in capsys.readouterr().out


def test_help_loads_none_of_the_heavy_libraries() -> None:
    code = "import sys; from api.cli import main; main(['--help']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(done.stdout.splitlines()[-1]))
    assert loaded & HEAVY == set()


def test_the_data_folder_may_be_named_behind_a_commands_own_words(motcua: Motcua, tmp_path: Path) -> None:
    assert motcua("key", "list", "--data", tmp_path / "elsewhere").code == 0
    assert (tmp_path / "elsewhere").is_dir()


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answer"]) == 2
    assert "motcua --help" in capsys.readouterr().err


def test_a_wrong_setting_is_named_with_its_value(motcua: Motcua, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_CHANNEL_WORKERS", "many")
    ran = motcua("documents")
    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert "MOTCUA_CHANNEL_WORKERS='many'" in ran.complaints[0]


# --- ingest on good input ------------------------------------------------------------------------------


def test_ingesting_again_changes_nothing_and_a_changed_file_is_a_new_version(motcua: Motcua, guide: Path) -> None:
    assert "1 new" in ingest(motcua, guide).out
    again = ingest(motcua, guide)
    assert "0 new, 0 changed, 1 unchanged" in again.out
    assert "published" not in again.out
    guide.write_text(GUIDE.replace("hai nghìn", "ba nghìn"), encoding="utf-8")
    changed = ingest(motcua, guide)
    assert "0 new, 1 changed, 0 unchanged" in changed.out
    assert "ba nghìn đồng" in motcua("ask", "giá gửi xe đạp ở chợ", "--commune", COMMUNE).out


def test_a_folder_is_read_with_everything_readable_in_it(motcua: Motcua, guide: Path) -> None:
    deeper = guide.parent / "deeper"
    deeper.mkdir()
    (deeper / "gio-cho.md").write_text("# Giờ mở chợ\n\n## Buổi sáng\nChợ Mẫu mở từ 5 giờ.\n", encoding="utf-8")
    (deeper / "README.md").write_text("# For people\n", encoding="utf-8")
    (deeper / "photo.bin").write_bytes(b"\x00\x01")
    ran = ingest(motcua, guide.parent)
    assert ran.code == 0
    assert "2 file(s): 2 new" in ran.out


# --- ingest on bad input -------------------------------------------------------------------------------


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _blank(path: Path) -> Path:
    path.write_bytes(b" \n\n ")
    return path


def _binary(path: Path) -> Path:
    path.write_bytes(bytes(range(256)) * 20)
    return path


def _latin(path: Path) -> Path:
    path.write_bytes("Kế hoạch số 1".encode("cp1258", "replace") + b"\xea\xff\xfe")
    return path


def _huge(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    return path


def _endless(path: Path) -> Path:
    """A file whose reading fails, for root as well."""
    path.symlink_to("/proc/self/mem")
    return path


def _dangling(path: Path) -> Path:
    path.symlink_to(path.with_name("gone.txt"))
    return path


def _cut_gzip(path: Path) -> Path:
    lines = (SAMPLES / "thu-tuc.jsonl").read_bytes()
    path.write_bytes(gzip.compress(lines)[:-2000])
    return path


def _cut_json(path: Path) -> Path:
    path.write_text('{"Mã thủ tục": "9.000001", "Tên', encoding="utf-8")
    return path


BAD = {
    "empty": (_empty, "bad.txt", "empty"),
    "blank": (_blank, "bad.md", "empty"),
    "binary": (_binary, "bad.txt", "binary"),
    "binary guide": (_binary, "bad.md", "binary"),
    "not UTF-8": (_latin, "bad.txt", "not UTF-8"),
    "huge text": (_huge, "bad.txt", "over the limit"),
    "huge records": (_huge, "bad.jsonl", "over the limit"),
    "huge PDF": (_huge, "bad.pdf", "over the limit"),
    "failing disk": (_endless, "bad.txt", "cannot be read"),
    "dangling link": (_dangling, "bad.txt", "no such file"),
    "no gzip": (_binary, "bad.jsonl.gz", "gzip"),
    "half a gzip": (_cut_gzip, "bad.jsonl.gz", "cut off"),
    "half a JSON": (_cut_json, "bad.json", "broken JSON"),
    "half a PDF": (_binary, "bad.pdf", "bad.pdf"),
    "no Word file": (_binary, "bad.docx", "bad.docx"),
    "no reader": (_binary, "bad.exe", "no reader"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_one_line_and_the_rest_goes_on(
    case: str, motcua: Motcua, guide: Path, tmp_path: Path
) -> None:
    make, name, reason = BAD[case]
    bad = make(tmp_path / name)
    ran = ingest(motcua, bad, guide)
    assert ran.code == 1
    assert len(ran.complaints) == 1, ran.err
    assert name in ran.complaints[0]
    assert reason in ran.complaints[0]
    assert f"{guide}: 1 new" in ran.out
    assert "1 refused" in ran.out


def test_a_broken_line_is_named_by_its_number_and_the_other_lines_are_kept(motcua: Motcua, tmp_path: Path) -> None:
    lines = (SAMPLES / "thu-tuc.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    records = tmp_path / "records.jsonl"
    records.write_text("\n".join([lines[0], '{"broken', lines[1], "[1]", lines[2]]), encoding="utf-8")
    ran = motcua("ingest", records)
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.complaints] == [f"{records}, line 2", f"{records}, line 4"]
    assert "3 new" in ran.out


def test_a_plan_that_names_no_commune_asks_for_one(motcua: Motcua, tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text("# Nội quy\n\n## Giờ\nTừ 7 giờ.\n", encoding="utf-8")
    ran = motcua("ingest", plan)
    assert ran.code == 1
    assert "--commune" in ran.complaints[0]


def test_a_commune_with_an_impossible_id_is_refused_before_anything_is_read(motcua: Motcua, guide: Path) -> None:
    ran = motcua("ingest", guide, "--commune", "Phường Mẫu")
    assert (ran.code, ran.out) == (1, "")
    assert "an-tuong" in ran.complaints[0]


# --- asking --------------------------------------------------------------------------------------------


def test_asking_for_an_unknown_commune_names_the_known_ones(motcua: Motcua, guide: Path) -> None:
    ingest(motcua, guide)
    for command in ("ask", "search"):
        ran = motcua(command, "gửi xe đạp", "--commune", "khong-co")
        assert ran.code == 1
        assert ran.complaints == [f"motcua {command}: unknown commune 'khong-co'; known: {COMMUNE}"]


def test_asking_before_anything_was_ingested_says_what_to_do(motcua: Motcua) -> None:
    ran = motcua("ask", "đăng ký khai sinh")
    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert "motcua ingest" in ran.complaints[0]


def test_asking_without_a_question_is_wrong_usage(motcua: Motcua) -> None:
    assert motcua("ask").code == 2


def test_a_batch_keeps_the_order_and_marks_its_broken_lines(motcua: Motcua, guide: Path, tmp_path: Path) -> None:
    ingest(motcua, guide)
    questions = tmp_path / "questions.jsonl"
    good = {"id": "a", "question": "gửi xe đạp bao nhiêu tiền", "commune": COMMUNE}
    stray = {"id": "b", "question": "gửi xe", "commune": "khong-co"}
    texts = [json.dumps(good), "{broken", json.dumps(stray), json.dumps(good | {"id": "c"})]
    questions.write_text("\n".join(texts), encoding="utf-8")
    ran = motcua("ask", "--input", questions, "--output", tmp_path / "results.jsonl")
    results = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert ran.code == 1
    assert [result["id"] for result in results] == ["a", 2, "b", "c"]
    assert [result["status"] == "error" for result in results] == [False, True, True, False]
    assert len(ran.complaints) == 2


# --- the data folder -----------------------------------------------------------------------------------


def test_a_data_folder_that_cannot_be_made_is_named(motcua: Motcua, guide: Path) -> None:
    for command in (("ingest", guide, "--commune", COMMUNE), ("ask", "gửi xe"), ("documents",)):
        ran = motcua(*command, "--data", guide / "data")
        assert ran.code == 1
        assert len(ran.complaints) == 1, ran.err
        assert str(guide) in ran.complaints[0]


def test_a_data_folder_that_cannot_be_written_is_named(motcua: Motcua, guide: Path) -> None:
    ran = motcua("ingest", guide, "--commune", COMMUNE, "--data", "/proc/self")
    assert ran.code == 1
    assert len(ran.complaints) == 1, ran.err
    assert "/proc/self" in ran.complaints[0]


def test_a_store_that_is_no_database_is_refused(motcua: Motcua, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "motcua.db").write_bytes(b"this was a letter once\n" * 500)
    ran = motcua("documents")
    assert ran.code == 1
    assert len(ran.complaints) == 1, ran.err
    assert "motcua.db" in ran.complaints[0]


def test_an_index_from_another_encoder_is_refused_until_it_is_published_again(
    motcua: Motcua, guide: Path, tmp_path: Path
) -> None:
    ingest(motcua, guide)
    (manifest,) = (tmp_path / "data" / "index").rglob("manifest.json")
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(facts | {"encoder": "another-encoder"}), encoding="utf-8")
    refused = motcua("ask", "giá gửi xe đạp ở chợ", "--commune", COMMUNE)
    assert refused.code == 1
    assert len(refused.complaints) == 1
    assert "another-encoder" in refused.complaints[0]
    assert "motcua publish" in refused.complaints[0]
    assert motcua("doctor").code == 1
    assert motcua("publish").code == 0
    assert "hai nghìn đồng" in motcua("ask", "giá gửi xe đạp ở chợ", "--commune", COMMUNE).out


def test_a_damaged_index_is_refused_until_it_is_published_again(motcua: Motcua, guide: Path, tmp_path: Path) -> None:
    ingest(motcua, guide)
    (generation,) = [path.parent for path in (tmp_path / "data" / "index").rglob("manifest.json")]
    shutil.rmtree(generation)
    refused = motcua("ask", "giá gửi xe đạp ở chợ", "--commune", COMMUNE)
    assert refused.code == 1
    assert len(refused.complaints) == 1
    assert motcua("publish").code == 0
    assert motcua("ask", "giá gửi xe đạp ở chợ", "--commune", COMMUNE).code == 0


# --- looking at what is stored -------------------------------------------------------------------------


def test_publishing_an_empty_store_says_what_to_do(motcua: Motcua) -> None:
    ran = motcua("publish")
    assert ran.code == 1
    assert "motcua ingest" in ran.complaints[0]


def test_a_document_is_listed_and_shown_down_to_one_part(motcua: Motcua, guide: Path) -> None:
    ingest(motcua, guide)
    listed = motcua("documents").out
    identity = next(word for word in listed.split() if word.startswith(f"{COMMUNE}/"))
    shown = motcua("show", identity)
    assert shown.code == 0
    assert "Giá gửi xe đạp" in shown.out
    assert COMMUNE in motcua("communes").out


def test_an_unknown_document_or_part_is_named(motcua: Motcua, guide: Path) -> None:
    ingest(motcua, guide)
    identity = next(word for word in motcua("documents").out.split() if word.startswith(f"{COMMUNE}/"))
    for words in (("nothing",), (identity, "Phần XX")):
        ran = motcua("show", *words)
        assert ran.code == 1
        assert words[-1] in ran.complaints[0]


def test_a_reader_that_goes_away_early_ends_the_command_quietly(motcua: Motcua, guide: Path, tmp_path: Path) -> None:
    ingest(motcua, guide)
    shell = f"set -o pipefail; {sys.executable} -m api.cli documents --data {tmp_path / 'data'} | true"
    done = subprocess.run(["bash", "-c", shell], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""


# --- the doctor ----------------------------------------------------------------------------------------


def test_the_doctor_says_what_is_missing_before_the_first_document(motcua: Motcua, tmp_path: Path) -> None:
    ran = motcua("doctor")
    assert ran.code == 1
    assert "does not exist yet" in ran.out
    assert not (tmp_path / "data").exists()
    (tmp_path / "data").mkdir()
    empty = motcua("doctor")
    assert empty.code == 1
    assert "motcua ingest" in empty.out


def test_the_doctor_finds_a_working_set_up_well(motcua: Motcua, guide: Path) -> None:
    ingest(motcua, guide)
    ran = motcua("doctor")
    assert ran.code == 0, ran.out
    assert "It can answer." in ran.out
    assert "fault" not in ran.out


def test_the_doctor_names_a_database_that_cannot_be_reached_without_its_password(
    motcua: Motcua, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "postgresql+psycopg://motcua:geheim@127.0.0.1:1/motcua")
    ran = motcua("doctor")
    assert ran.code == 1
    assert "fault  store" in ran.out
    assert "geheim" not in ran.out + ran.err


def test_the_doctor_names_a_chroma_server_that_does_not_answer(
    motcua: Motcua, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(motcua, guide)
    monkeypatch.setenv("MOTCUA_CHROMA_URL", "http://127.0.0.1:1")
    ran = motcua("doctor")
    assert ran.code == 1
    assert "chroma run" in ran.out


def test_the_doctor_never_prints_a_secret(motcua: Motcua, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(motcua, guide)
    monkeypatch.setenv("MOTCUA_TELEGRAM_TOKEN", "12345:geheim")
    ran = motcua("doctor")
    assert "geheim" not in ran.out
    assert "Telegram" in ran.out
