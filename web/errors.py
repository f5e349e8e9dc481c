"""Show an error once, as JSON to a program and as a page to a person."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from api.errors import AppError, BadInput, NotFound, NotSignedIn, ReasonNeeded, SecondFactorNeeded, TooLarge
from api.routes.problems import ErrorOut, ProblemOut
from api.usecases.question import problem_of
from web.security import HEADERS
from web.views import page

ASSESSMENT_DOORS = ("/api/v1/assessment", "/api/v1/evidence", "/api/v1/submissions", "/api/v1/reviews", "/reviews")
_HTTP_ERRORS = {
    400: ProblemOut(code=BadInput.code, zh="请求内容读不出来，请检查后重试。", en="The request could not be read."),
    404: ProblemOut(code=NotFound.code, zh="没有这个页面。", en="There is no such page."),
    405: ProblemOut(code="method_not_allowed", zh="不支持这种请求方式。", en="This method is not supported here."),
    413: ProblemOut(code=TooLarge.code, zh="发送的内容太大。", en="What was sent is too large."),
}
_OTHER = ProblemOut(code="error", zh="请求没有成功。", en="The request did not succeed.")
_INTERNAL = ProblemOut(
    code="internal",
    zh="出错了，请稍后重试。",
    en="Something went wrong. Please try again in a moment.",
)


def install_error_pages(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


def _app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)  # noqa: S101 - registered for AppError only
    way_on = _way_on(request, error) if wants_page(request) else None
    if way_on is not None:
        return RedirectResponse(way_on, status_code=303)
    return _shown(request, error.status, ProblemOut(code=error.code, zh=error.zh, en=error.en), error.headers)


def _way_on(request: Request, error: AppError) -> str | None:
    """Return the page where a person can do what is missing, coming back afterwards."""
    back = quote(request.url.path if request.method == "GET" else "/")
    if type(error) is NotSignedIn:
        return f"/sign-in?next={back}"
    if isinstance(error, SecondFactorNeeded):
        return f"/second-factor?next={back}"
    if isinstance(error, ReasonNeeded):
        return f"/reasons/{quote(error.uscc)}?next={back}"
    return None


def _bad_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type only
    problem = problem_of(error.errors()[0], about_question=not request.url.path.startswith(ASSESSMENT_DOORS))
    return _shown(request, 422, ProblemOut(code=problem.code, zh=problem.zh, en=problem.en))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for HTTPException only
    return _shown(request, error.status_code, _HTTP_ERRORS.get(error.status_code, _OTHER), error.headers)


def _unexpected(request: Request, _: Exception) -> Response:
    # The cause goes to the log by way of the server; the person gets a sentence and nothing of the inside.
    # This answer is made outside the middleware that adds them.
    return _shown(request, 500, _INTERNAL, HEADERS)


def wants_page(request: Request) -> bool:
    """Whether a person sees the answer, and not a program."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


def _shown(request: Request, status: int, problem: ProblemOut, headers: Mapping[str, str] | None = None) -> Response:
    if wants_page(request):
        response: Response = page(request, "error.html", {"problem": problem}, status_code=status)
    else:
        response = JSONResponse(ErrorOut(error=problem).model_dump(), status_code=status)
    response.headers.update(headers or {})
    return response
