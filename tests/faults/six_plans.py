"""What the plan of six zones asks: rules that come round at some hours, and a return from every unit each date."""

from __future__ import annotations

RULE = """
[[rule]]
code = "{code}"
title = {{ zh = "每日零报告", en = "Daily return" }}
force = "plan"
basis = "试验 · for tests only"
confirmed = false
every = "day at {hour:%H:%M}"
owed_by = "duty_officer of unit"
what = {{ zh = "报送", en = "Send it" }}
within = "1h"
settled_by = [{{ kind = "obligation.settled", by = "owner" }}]
"""
RETURNS = """
[[rule]]
code = "RETURN"
title = { zh = "每日零报告", en = "Daily return" }
force = "plan"
basis = "试验 · for tests only"
confirmed = false
every = "day at 01:15"
owed_by = "duty_officer of unit"
what = { zh = "报送", en = "Send it" }
within = "1h"
each = "date"
settled_by = [{ kind = "return.completed", by = "anyone" }]

[zero_report]
oversees = "police"
basis = "试验 · for tests only"
confirmed = false

[[zero_report.category]]
code = "found"
title = { zh = "查获", en = "Found" }
unit = { zh = "件", en = "items" }

[[zero_report.tier]]
code = "unit"
title = { zh = "报送单元", en = "Unit" }
cut_off = "02:15"
party = "unit"
rule = "RETURN"
"""
PARTY = """
[[party]]
code = "unit"
title = { zh = "报送单元", en = "Unit" }
posts = ["duty_officer"]
by = "named"

[[type]]"""
