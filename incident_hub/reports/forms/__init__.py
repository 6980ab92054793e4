"""The forms of incident reports: one file each; a new one is registered by being here (pure).

`tests/reports/test_forms.py` meets every one.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from incident_hub.reports.fields import Form

FORMS: dict[str, Form] = {}

for _module in iter_modules(__path__):
    _found: Form = import_module(f"{__name__}.{_module.name}").FORM
    FORMS[_found.code] = _found
