"""Whether a question set fits the documents: codes that no procedure has, evidence that stands in no document."""

from functools import cached_property

from corpus.store import NATIONAL, DocumentStore
from corpus.vietnamese import syllables
from eval.gold import GoldQuestion


class Checker:
    """Checks questions against what is stored."""

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._texts: dict[str, str] = {}

    def problems(self, gold: GoldQuestion) -> list[str]:
        """What in one question the stored documents do not know."""
        found = []
        if gold.commune is not None and gold.commune not in self._communes:
            known = ", ".join(sorted(self._communes)) or "none"
            found.append(f"unknown commune {gold.commune!r}; known: {known}")
        found += [
            f"unknown procedure code {code!r}"
            for code in dict.fromkeys((*gold.codes, *gold.offer))
            if code not in self._codes
        ]
        scopes = [scope for scope in (gold.commune, NATIONAL) if scope is not None]
        found += [
            f"the evidence is in no document: {words!r}"
            for words in gold.evidence
            if not self._is_stored(words, scopes)
        ]
        names = {name for scope in scopes for name in self._documents(scope)}
        found += [f"unknown document {place.document!r}" for place in gold.places if place.document not in names]
        return found

    @cached_property
    def _communes(self) -> frozenset[str]:
        return frozenset(commune.id for commune in self._store.communes())

    @cached_property
    def _codes(self) -> frozenset[str]:
        """The codes of all procedures in force; a procedure's id ends with its code."""
        listed = self._store.listed()
        return frozenset(name.rsplit("tthc-", 1)[-1] for name, kind, _title, _version in listed if kind == "procedure")

    def _documents(self, scope: str) -> set[str]:
        names = {name for name, _kind, _title, _version in self._store.listed(scope)}
        return names | {name.rsplit("/", 1)[-1] for name in names}

    def _is_stored(self, words: str, scopes: list[str]) -> bool:
        wanted = f" {' '.join(syllables(words))} "
        return any(wanted in self._text(scope) for scope in scopes)

    def _text(self, scope: str) -> str:
        """All chunks of a scope as plain syllables; read once, when the first evidence needs it."""
        if scope not in self._texts:
            self._texts[scope] = "".join(
                f" {' '.join(syllables(chunk.text))} \n" for chunk in self._store.chunks(scope)
            )
        return self._texts[scope]
