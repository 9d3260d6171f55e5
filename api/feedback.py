"""`POST /v1/feedback`: whether an answer helped, kept without anything personal."""

import secrets
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from api.catalogue import Catalogue
from api.errors import UnknownProcedure
from api.metrics import Metrics
from api.models import FeedbackReason, FeedbackRequest, FeedbackTaken
from api.origins import check_origin
from api.places import Places
from api.problems import documented
from api.standing import today
from bot import replies
from bot.satisfaction import Rating, Ratings, Reason

_REASONS = dict(zip(FeedbackReason, replies.RATE_REASONS, strict=True))

router = APIRouter(tags=["Hỏi đáp"])


@router.post(
    "/v1/feedback",
    status_code=201,
    summary="Góp ý về một câu trả lời",
    description="👍 hay 👎, có thể kèm lý do. Không lưu câu hỏi và không lưu ai đã góp ý.",
    response_model=None,
    responses={
        201: {"model": FeedbackTaken, "description": "Đã nhận"},
        **documented(400, 403, 404, 413, 422, 429, 503),
    },
)
async def feedback(body: FeedbackRequest, request: Request) -> JSONResponse:
    """Take a thumb up or down."""
    places: Places = request.app.state.places
    catalogue: Catalogue = request.app.state.catalogue
    metrics: Metrics = request.app.state.metrics
    check_origin(request, await places.meant(body.commune), request.app.state.parts.settings)
    commune = await places.commune(body.commune)
    code = body.procedure_code
    if code and await run_in_threadpool(catalogue.procedure, code, commune) is None:
        raise UnknownProcedure(f"no procedure {code!r}; GET /v1/procedures lists them")
    await run_in_threadpool(partial(keep_feedback, request.app.state.engine, body))
    metrics.feedback(body.helpful)
    return JSONResponse({"status": "ok"}, 201)


def keep_feedback(engine: Engine, given: FeedbackRequest) -> None:
    """Store it beside the ratings of the other channels."""
    rating = Rating(secrets.token_hex(8), today().isoformat(), "web", given.procedure_code, given.helpful)
    ratings = Ratings(engine)
    with engine.begin() as connection:
        ratings.put(connection, rating)
        if given.reason and not given.helpful:
            ratings.put(connection, Reason(rating.id, _REASONS[given.reason]))
