"""Show an error once, as JSON to the API and as a page to a person."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.errors import AppError, BadInput, NotFound
from web.views import page

_FIELD_NAMES = {"body": "请求", "question": "问题", "on": "日期", "history": "此前的提问", "language": "语言"}


def install_error_pages(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


def _app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)  # noqa: S101 - registered for AppError only
    return _shown(request, error.status, error.code, error.zh, error.en)


def _bad_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type only
    problem = error.errors()[0]
    field = next((str(part) for part in reversed(problem["loc"]) if isinstance(part, str)), "body")
    zh = f"{_FIELD_NAMES.get(field, field)}不正确，请检查后重试。"
    return _shown(request, 422, BadInput.code, zh, f"The field {field} is not valid: {problem['msg']}.")


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for HTTPException only
    if error.status_code == 404:
        return _shown(request, 404, NotFound.code, "没有这个页面。", "There is no such page.")
    if error.status_code == 405:
        return _shown(request, 405, "method_not_allowed", "不支持这种请求方式。", "This method is not supported here.")
    return _shown(request, error.status_code, "error", "请求没有成功。", str(error.detail))


def _unexpected(request: Request, _: Exception) -> Response:
    # The cause goes to the log by way of the server; the person gets a sentence and nothing of the inside.
    zh = "出错了，您的输入没有丢失，请稍后重试。"
    return _shown(request, 500, "internal", zh, "Something went wrong. Please try again in a moment.")


def _shown(request: Request, status: int, code: str, zh: str, en: str) -> Response:
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    if not wants_page:
        return JSONResponse({"error": {"code": code, "zh": zh, "en": en}}, status_code=status)
    return page(request, "error.html", {"status": status, "zh": zh, "en": en}, status_code=status)
