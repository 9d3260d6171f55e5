"""An administrative procedure (thủ tục hành chính) as typed data."""

from dataclasses import dataclass
from enum import StrEnum


class FeeKind(StrEnum):
    """Phí pays for a service, lệ phí for a paper of the state: two different legal things."""

    PHI = "phí"
    LE_PHI = "lệ phí"
    PHI_LE_PHI = "phí, lệ phí"


class FeeState(StrEnum):
    """What the source lets us say of a fee. `0 VNĐ ()` proves nothing: it is not published."""

    AMOUNT = "amount"
    TEXT = "text"
    FREE = "free"
    NOT_PUBLISHED = "not_published"


class OnlineService(StrEnum):
    """How far a procedure can be done online."""

    TOAN_TRINH = "toàn trình"
    MOT_PHAN = "một phần"
    UNKNOWN = "không rõ"


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee line. `amount` in VND, set when `state` is AMOUNT; `text` is the source's explanation."""

    kind: FeeKind
    state: FeeState
    amount: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long it takes: "3 ngày làm việc". `text` is None when the source does not say."""

    text: str | None
    amount: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to hand the file in: at the counter, online, by post."""

    name: str
    time_limit: TimeLimit
    fees: tuple[Fee, ...]
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class DossierItem:
    """One paper of the file (thành phần hồ sơ), with originals, copies and form."""

    text: str
    originals: int | None
    copies: int | None
    form: str | None


@dataclass(frozen=True, slots=True)
class DossierCase:
    """The papers of one case ("trường hợp"); `name` is None when there is one case only."""

    name: str | None
    items: tuple[DossierItem, ...]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A law or decree the procedure rests on."""

    name: str
    number: str | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as the national portal lists it.

    `fields` maps the portal's field names to the source's own letters; the typed parts are read from them.
    `doubts` name what could not be read with certainty and was kept as text.
    """

    code: str
    name: str
    decision: str | None
    level: str | None
    sector: str | None
    category: str | None
    channels: tuple[Channel, ...]
    dossier: tuple[DossierCase, ...]
    steps: tuple[str, ...]
    applicants: tuple[str, ...]
    agencies: tuple[str, ...]
    competent_authority: str | None
    receiving_place: str | None
    result: str | None
    conditions: str | None
    legal_bases: tuple[LegalBasis, ...]
    related: tuple[str, ...]
    online: OnlineService
    fields: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...] = ()
