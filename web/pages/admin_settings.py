"""The settings of the installation, to be read: secrets never leave the process."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import open_to
from api.auth.identity import Kind
from api.deps import IdentityDep, ServicesDep
from web.views import page

router = APIRouter(prefix="/admin/settings", include_in_schema=False)
ORIGIN_NAMES = {"environment": "环境变量", "file": ".env文件", "default": "默认值"}


@router.get("", dependencies=[open_to(Kind.ADMINISTRATOR)])
def show(request: Request, services: ServicesDep, who: IdentityDep) -> Response:
    """Names, values, where each was set; that they were read is noted."""
    with services.database.writing() as session:
        services.trail.append(session, who, "settings_read", services.now())
    return page(request, "admin/settings.html", {"rows": services.settings, "origin_names": ORIGIN_NAMES})
