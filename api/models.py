"""What the API takes and gives, for its OpenAPI description. The JSON itself is made by records.py."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field

from bot.answer import AnswerStatus
from corpus.chunking import ChunkKind

_NAME = r"^[A-Za-z0-9_-]{8,64}$"
_QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"
COMMUNE = Field(
    None, max_length=80, description="Mã phường, xã; bỏ trống là hỏi chung cả nước", examples=["phuong-mau"]
)


class ChatRequest(BaseModel):
    """A question of a citizen or of staff."""

    question: str = Field(max_length=10_000, description="Câu hỏi, như người dân gõ", examples=[_QUESTION])
    commune: str | None = COMMUNE
    conversation_id: str | None = Field(
        None,
        pattern=_NAME,
        description="Mã cuộc trò chuyện của câu trả lời trước",
        examples=["kq3mUQ6mZ1T9xw2B"],
    )


class CitationModel(BaseModel):
    """Where a statement stands."""

    n: int = Field(description="Số trong ngoặc vuông ở câu trả lời", examples=[1])
    document_id: str = Field(description="Mã văn bản", examples=["tthc-1.001193"])
    title: str = Field(description="Tên văn bản", examples=["Thủ tục đăng ký khai sinh"])
    number: str | None = Field(None, description="Số, ký hiệu", examples=["163/QĐ-BTP"])
    issued_on: date | None = Field(None, description="Ngày ban hành")
    as_of: date | None = Field(None, description="Ngày của dữ liệu")
    path: str = Field(description="Chỗ trong văn bản", examples=["Thủ tục 1.001193, Thành phần hồ sơ"])
    page: int | None = Field(None, description="Trang")
    quote: str = Field(description="Nguyên văn của nguồn, từng chữ một")
    url: str = Field(description="Trang trích dẫn", examples=["/c/0f3a9c2d4b5e6f70"])


class ProcedureRefModel(BaseModel):
    """The procedure an answer is about."""

    code: str = Field(examples=["1.001193"])
    name: str = Field(examples=["Thủ tục đăng ký khai sinh"])


class OptionModel(BaseModel):
    """A choice offered."""

    label: str = Field(description="Chữ trên nút", examples=["Đăng ký khai sinh"])
    code: str | None = Field(None, description="Mã thủ tục", examples=["1.001193"])


class ChatAnswer(BaseModel):
    """An answer with its sources."""

    conversation_id: str = Field(description="Gửi lại mã này cùng câu hỏi sau", examples=["kq3mUQ6mZ1T9xw2B"])
    status: AnswerStatus = Field(description="Kết cục của câu hỏi")
    text: str = Field(description="Câu trả lời; [n] là số của nguồn", examples=["Hồ sơ gồm: [1]\n• Tờ khai…"])
    citations: list[CitationModel] = Field(description="Các nguồn, theo số")
    procedure: ProcedureRefModel | None = Field(None, description="Thủ tục được hỏi")
    options: list[OptionModel] | None = Field(None, description="Các lựa chọn để hỏi lại")
    more: str | None = Field(None, description="Toàn văn khi câu trả lời đã rút gọn")
    timings_ms: dict[str, float] = Field(description="Thời gian từng bước, mili giây")


class FeedbackReason(StrEnum):
    """Why an answer did not help, in the order of `replies.RATE_REASONS`."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OFF_TOPIC = "off_topic"


class FeedbackRequest(BaseModel):
    """A thumb up or down."""

    helpful: bool = Field(description="Câu trả lời có giúp được không", examples=[False])
    reason: FeedbackReason | None = Field(None, description="Vì sao không giúp được", examples=["incomplete"])
    procedure_code: str | None = Field(None, max_length=100, description="Mã thủ tục được hỏi", examples=["1.001193"])
    commune: str | None = COMMUNE


class FeedbackTaken(BaseModel):
    """Thanks."""

    status: str = Field(examples=["ok"])


class SourceModel(BaseModel):
    """The frozen text behind a citation."""

    chunk_id: str = Field(examples=["0f3a9c2d4b5e6f70"])
    document_id: str = Field(examples=["tthc-1.001193"])
    kind: ChunkKind
    title: str = Field(description="Tên văn bản")
    number: str | None = Field(None, description="Số, ký hiệu")
    issued_on: date | None = Field(None, description="Ngày ban hành")
    issuer: str | None = Field(None, description="Cơ quan ban hành")
    path: str = Field(description="Chỗ trong văn bản")
    quote: str = Field(description="Nguyên văn, từng chữ một")
    current: bool = Field(description="Thuộc bản mới nhất và còn hiệu lực")
    validity: str = Field(description="Hiệu lực, bằng lời", examples=["Còn hiệu lực"])
    replaced_by: str | None = Field(None, description="Mã đoạn thay thế ở bản mới")
    source_url: str | None = Field(None, description="Văn bản gốc")


class CommuneModel(BaseModel):
    """A commune."""

    id: str = Field(examples=["phuong-mau"])
    name: str | None = Field(None, examples=["Mẫu"])
    province: str | None = Field(None, description="Tỉnh, thành phố")


class CommunesModel(BaseModel):
    """All communes."""

    communes: list[CommuneModel]


class ProcedureLine(BaseModel):
    """A procedure in a list."""

    code: str = Field(examples=["1.001193"])
    name: str = Field(examples=["Thủ tục đăng ký khai sinh"])
    sector: str | None = Field(None, description="Lĩnh vực", examples=["Hộ tịch"])
    level: str | None = Field(None, description="Cấp thực hiện", examples=["Cấp Xã"])
    url: str = Field(description="Trang thủ tục", examples=["/thu-tuc/1.001193"])


class ProcedureList(BaseModel):
    """A page of procedures."""

    total: int = Field(description="Tất cả có bao nhiêu", examples=[5652])
    procedures: list[ProcedureLine]


class FeeModel(BaseModel):
    """A fee line."""

    kind: str = Field(description="phí hay lệ phí")
    state: str = Field(description="amount, text, free, not_published")
    amount: int | None = Field(None, description="Đồng")
    text: str | None = None


class ChannelModel(BaseModel):
    """A way to hand the file in."""

    name: str = Field(examples=["Trực tuyến"])
    time_limit: str | None = Field(None, description="Thời hạn giải quyết")
    fees: list[FeeModel]
    note: str | None = None


class DossierItemModel(BaseModel):
    """A paper."""

    text: str
    originals: int | None = Field(None, description="Số bản chính")
    copies: int | None = Field(None, description="Số bản sao")
    form: str | None = Field(None, description="Mẫu")


class DossierCaseModel(BaseModel):
    """The papers of one case."""

    name: str | None = Field(None, description="Trường hợp")
    items: list[DossierItemModel]


class FieldModel(BaseModel):
    """A field as published, with the address of its citation page."""

    name: str = Field(examples=["Thành phần hồ sơ"])
    text: str
    url: str = Field(examples=["/c/0f3a9c2d4b5e6f70"])


class ProcedureSheet(ProcedureLine):
    """A procedure with all its parts."""

    document_id: str
    decision: str | None = Field(None, description="Quyết định công bố")
    category: str | None = Field(None, description="Loại thủ tục")
    online: str = Field(description="Mức độ trực tuyến")
    channels: list[ChannelModel]
    dossier: list[DossierCaseModel]
    steps: list[str]
    applicants: list[str]
    agencies: list[str]
    receiving_place: str | None = None
    result: str | None = None
    conditions: str | None = None
    legal_bases: list[str]
    fields: list[FieldModel] = Field(description="Nguyên văn từng mục")


class TaskModel(BaseModel):
    """A row of a plan's task table."""

    commune: str
    document_id: str
    document: str = Field(description="Tên kế hoạch")
    path: str = Field(description="Chỗ trong kế hoạch")
    task: str = Field(description="Nhiệm vụ")
    activity: str | None = Field(None, description="Hoạt động")
    lead: list[str] = Field(description="Chủ trì")
    coordinating: list[str] = Field(description="Phối hợp")
    deadline: str | None = Field(None, description="Thời gian")
    product: str | None = Field(None, description="Kết quả, sản phẩm")
    url: str = Field(description="Trang trích dẫn")


class TaskList(BaseModel):
    """Rows of task tables."""

    total: int
    tasks: list[TaskModel]


class Health(BaseModel):
    """Whether the process is alive."""

    status: str = Field(examples=["ok"])


class Readiness(BaseModel):
    """Whether questions can be answered, and the state of each part."""

    status: str = Field(description="ready hoặc not_ready", examples=["ready"])
    parts: dict[str, str] = Field(examples=[{"store": "ok", "index": "national 000023-bcadc5", "encoder": "ok"}])
