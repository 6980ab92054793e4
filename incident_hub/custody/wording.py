"""The words of custody for paper, in both languages (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from incident_hub.plan.words import Words

SORT: Mapping[str, Words] = {
    "class_a": Words("甲类禁寄物品", "Prohibited, class A"),
    "class_b": Words("乙类禁寄物品", "Prohibited, class B"),
    "class_c": Words("丙类禁寄物品", "Prohibited, class C"),
    "suspect": Words("可疑物品", "Suspect"),
    "mail": Words("邮件快件", "Mail"),
    "other": Words("其他物品", "Other"),
}
UNIT: Mapping[str, Words] = {
    "piece": Words("件", "pieces"),
    "box": Words("箱", "boxes"),
    "bag": Words("袋", "bags"),
    "gram": Words("克", "g"),
    "millilitre": Words("毫升", "ml"),
}
OUTCOME: Mapping[str, Words] = {
    "returned": Words("退回", "Returned"),
    "destroyed": Words("销毁", "Destroyed"),
    "handed_over": Words("移送主管部门", "Handed over to an authority"),
}
DEED: Mapping[str, Words] = {
    "taken_in": Words("收存", "Taken in"),
    "offered": Words("移交", "Offered"),
    "accepted": Words("接收", "Accepted"),
    "refused": Words("拒收", "Refused"),
    "recalled": Words("撤回移交", "Offer taken back"),
    "placed": Words("变更存放", "Put elsewhere"),
    "split": Words("分装", "Split"),
    "disposed": Words("处置", "What became of it"),
}
POST: Mapping[str, Words] = {
    "duty_officer": Words("值班员", "duty officer"),
    "deputy": Words("备班", "deputy"),
    "duty_leader": Words("带班领导", "duty leader"),
    "executive": Words("分管领导", "executive"),
}
LABEL: Mapping[str, Words] = {
    "incident": Words("所属事件", "Found in"),
    "what": Words("物品", "What it is"),
    "sort": Words("类别", "Class"),
    "quantity": Words("数量", "Quantity"),
    "seal": Words("封签编号", "Seal"),
    "place": Words("存放地点", "Place"),
    "holder": Words("保管单位", "Held by"),
    "outcome": Words("去向", "What became of it"),
    "none": Words("无", "none"),
    "receipt": Words("回执编号", "Receipt"),
    "witness": Words("见证", "Witness"),
    "differs": Words("与移交数不符", "Not as offered"),
}
